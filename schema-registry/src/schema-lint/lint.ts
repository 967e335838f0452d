import { type DocumentNode, type NameNode, parse } from 'graphql';
import { type Element, elementsOf } from './elements.ts';
import { DEFAULT_LINT, type LintLevel, type LintRule, RULES, type Rule } from './rules.ts';

export { DEFAULT_LINT, type LintLevel, type LintRule } from './rules.ts';

/** A place in an SDL; line and column count from 1, `byteOffset` from 0 in UTF-8. */
export interface Position {
  readonly byteOffset: number;
  readonly line: number;
  readonly column: number;
}

export interface LintDiagnostic {
  readonly rule: LintRule;
  readonly level: 'ERROR' | 'WARNING';
  readonly message: string;
  readonly coordinate: string;
  /** Never empty: Rover ends on a diagnostic without a place. */
  readonly sourceLocations: readonly { readonly start: Position; readonly end: Position }[];
}

export type LintSettings = Readonly<Partial<Record<LintRule, LintLevel>>>;

/** @returns the places of names; it counts on from the one before, so that many offences do not each read the whole SDL */
function placesIn(sdl: string): (name: NameNode) => { readonly start: Position; readonly end: Position } {
  let at = 0;
  let bytes = 0;
  return ({ value, loc }) => {
    const offset = loc?.start ?? 0;
    bytes = offset < at ? Buffer.byteLength(sdl.slice(0, offset)) : bytes + Buffer.byteLength(sdl.slice(at, offset));
    at = offset;
    const line = loc?.startToken.line ?? 1;
    const column = loc?.startToken.column ?? 1;
    // A name is ASCII and on one line.
    return {
      start: { byteOffset: bytes, line, column },
      end: { byteOffset: bytes + value.length, line, column: column + value.length },
    };
  };
}

/** A base that does not parse tells nothing, so everything counts as new. */
function textsOf(base: string | null): Set<string> {
  if (base === null) return new Set();
  let document: DocumentNode;
  try {
    document = parse(base);
  } catch {
    return new Set();
  }
  return new Set(elementsOf(document).map(identity));
}

const identity = ({ coordinate, text }: Element): string => `${coordinate}\n${text}`;

/**
 * Lints a schema.
 * @param base with it, only what differs from it is looked at: parts that are new, or whose own text changed
 * @returns in order of appearance
 * @throws GraphQLError when the SDL does not parse
 */
export function lintSchema(sdl: string, base: string | null, settings: LintSettings = {}): LintDiagnostic[] {
  const unchanged = textsOf(base);
  const rules = Object.keys(RULES) as LintRule[];
  const placeOf = placesIn(sdl);
  return elementsOf(parse(sdl))
    .filter((element) => !unchanged.has(identity(element)))
    .flatMap((element) =>
      rules.flatMap((rule): LintDiagnostic[] => {
        const level = settings[rule] ?? DEFAULT_LINT[rule];
        const { kinds, check }: Rule = RULES[rule];
        if (level === 'IGNORED' || !kinds.includes(element.kind)) return [];
        const message = check(element);
        if (message === undefined) return [];
        return [{ rule, level, message, coordinate: element.coordinate, sourceLocations: [placeOf(element.name)] }];
      }),
    );
}
