import type { DocumentNode } from 'graphql';

/** Writes documents, each once: plans keep theirs. @param write gives the text of one */
export function rememberTexts(write: (document: DocumentNode) => string): (document: DocumentNode) => string {
  const texts = new WeakMap<DocumentNode, string>();
  return (document) => {
    const text = texts.get(document) ?? write(document);
    texts.set(document, text);
    return text;
  };
}
