import { createHash } from 'node:crypto';
import { type DocumentNode, parse, visit } from 'graphql';

/** Documents whose signature is remembered; reporters send the same few again and again. */
const REMEMBERED = 20_000;

const sorted = (texts: readonly string[] | undefined): string => [...(texts ?? [])].sort().join(' ');
const within = (open: string, texts: readonly string[] | undefined, close: string): string =>
  texts?.length ? `${open}${sorted(texts)}${close}` : '';

/**
 * A text that is the same for a document and for what any engine makes of it before it reports it: some take literals and
 * aliases out and put selections in an order of their own, others send what the client wrote.
 */
export function signatureOf(document: DocumentNode): string {
  return visit<string>(document, {
    Name: { leave: ({ value }) => value },
    Document: { leave: ({ definitions }) => sorted(definitions) },
    OperationDefinition: {
      leave: ({ operation, name, variableDefinitions, directives, selectionSet }) =>
        `${operation} ${name ?? ''}${within('(', variableDefinitions, ')')}${sorted(directives)}${selectionSet}`,
    },
    FragmentDefinition: {
      leave: ({ name, typeCondition, directives, selectionSet }) =>
        `fragment ${name} on ${typeCondition}${sorted(directives)}${selectionSet}`,
    },
    VariableDefinition: {
      leave: ({ variable, type, defaultValue, directives }) =>
        `${variable}:${type}${defaultValue === undefined ? '' : `=${defaultValue}`}${sorted(directives)}`,
    },
    SelectionSet: { leave: ({ selections }) => within('{', selections, '}') },
    Field: {
      leave: ({ name, arguments: args, directives, selectionSet }) =>
        `${name}${within('(', args, ')')}${sorted(directives)}${selectionSet ?? ''}`,
    },
    FragmentSpread: { leave: ({ name, directives }) => `...${name}${sorted(directives)}` },
    InlineFragment: {
      leave: ({ typeCondition, directives, selectionSet }) =>
        `...on ${typeCondition ?? ''}${sorted(directives)}${selectionSet}`,
    },
    Directive: { leave: ({ name, arguments: args }) => `@${name}${within('(', args, ')')}` },
    Argument: { leave: ({ name, value }) => `${name}:${value}` },
    Variable: { leave: ({ name }) => `$${name}` },
    IntValue: { leave: () => '0' },
    FloatValue: { leave: () => '0' },
    StringValue: { leave: () => '""' },
    BooleanValue: { leave: ({ value }) => String(value) },
    NullValue: { leave: () => 'null' },
    EnumValue: { leave: ({ value }) => value },
    ListValue: { leave: ({ values }) => `[${values.join(' ')}]` },
    ObjectValue: { leave: ({ fields }) => `{${sorted(fields)}}` },
    ObjectField: { leave: ({ name, value }) => `${name}:${value}` },
    NamedType: { leave: ({ name }) => name },
    ListType: { leave: ({ type }) => `[${type}]` },
    NonNullType: { leave: ({ type }) => `${type}!` },
  });
}

/**
 * Reads signatures, and remembers them, since parsing is most of what a report costs.
 * @returns of a document its signature's digest; of none, where only an id is known, the empty text; undefined when it is
 * not GraphQL, or nested so deeply that it cannot be read
 */
export function createSignatures(): (document: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const digest = (text: string) => createHash('sha256').update(text).digest('base64');

  function read(document: string): string | undefined {
    try {
      return digest(signatureOf(parse(document, { noLocation: true })));
    } catch {
      return undefined;
    }
  }

  return (document) => {
    if (document === '') return '';
    const key = digest(document);
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found;
    if (known.size >= REMEMBERED) known.clear();
    const signature = read(document);
    known.set(key, signature);
    return signature;
  };
}
