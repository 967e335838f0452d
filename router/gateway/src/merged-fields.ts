import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

const keyOf = (field: FieldNode): string => field.alias?.value ?? field.name.value;

const wordsOf = (directives: readonly DirectiveNode[] = []): string => directives.map(print).join(' ');

/** Two fields of one place, of which validation has seen to it that they are the same but for what is in them. */
function join(one: FieldNode, other: FieldNode): FieldNode {
  if (!one.selectionSet || !other.selectionSet) return one;
  const selections = [...one.selectionSet.selections, ...other.selectionSet.selections];
  return { ...one, selectionSet: { ...one.selectionSet, selections } };
}

function mergeSelections(selectionSet: SelectionSetNode): SelectionSetNode | undefined {
  const fields = new Map<string, FieldNode>();
  const order: (string | SelectionNode)[] = [];
  let isMerged = false;
  for (const selection of selectionSet.selections) {
    if (selection.kind !== Kind.FIELD) {
      order.push(selection);
      continue;
    }
    const key = keyOf(selection);
    const known = fields.get(key);
    if (!known) {
      order.push(key);
      fields.set(key, selection);
      continue;
    }
    isMerged = true;
    if (wordsOf(known.directives) === wordsOf(selection.directives)) fields.set(key, join(known, selection));
    // Under another condition: the engine puts together what fragments say.
    else
      order.push({ kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] } });
  }
  if (!isMerged) return undefined;
  const selections = order.flatMap((entry) => (typeof entry === 'string' ? (fields.get(entry) ?? []) : entry));
  return { ...selectionSet, selections };
}

const merged = new WeakMap<DocumentNode, DocumentNode>();

/**
 * Merges fields of one selection set that have the same name in the answer (GraphQL specification, section 6.3.2). The
 * engine plans them right, but gives a list that is asked for twice with all its items twice.
 */
export function mergeFields(document: DocumentNode): DocumentNode {
  const known = merged.get(document);
  if (known) return known;
  const result = visit(document, { SelectionSet: { enter: mergeSelections } });
  merged.set(document, result);
  return result;
}
