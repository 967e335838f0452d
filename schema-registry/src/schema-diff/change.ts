/** Apollo's names for what can change between two API schemas. */
export type ChangeCode =
  | 'FIELD_REMOVED'
  | 'TYPE_REMOVED'
  | 'ARG_REMOVED'
  | 'TYPE_REMOVED_FROM_UNION'
  | 'FIELD_REMOVED_FROM_INPUT_OBJECT'
  | 'VALUE_REMOVED_FROM_ENUM'
  | 'TYPE_REMOVED_FROM_INTERFACE'
  | 'REQUIRED_ARG_ADDED'
  | 'NON_NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT'
  | 'FIELD_CHANGED_TYPE'
  | 'FIELD_ON_INPUT_OBJECT_CHANGED_TYPE'
  | 'TYPE_CHANGED_KIND'
  | 'ARG_CHANGED_TYPE'
  | 'ARG_CHANGED_TYPE_OPTIONAL_TO_REQUIRED'
  | 'VALUE_ADDED_TO_ENUM'
  | 'TYPE_ADDED_TO_UNION'
  | 'TYPE_ADDED_TO_INTERFACE'
  | 'ARG_DEFAULT_VALUE_CHANGE'
  | 'OPTIONAL_ARG_ADDED'
  | 'NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT'
  | 'FIELD_ADDED'
  | 'TYPE_ADDED'
  | 'FIELD_DEPRECATED'
  | 'FIELD_DEPRECATION_REMOVED'
  | 'FIELD_DEPRECATED_REASON_CHANGE'
  | 'ENUM_DEPRECATED'
  | 'ENUM_DEPRECATION_REMOVED'
  | 'ENUM_DEPRECATED_REASON_CHANGE'
  | 'TYPE_DESCRIPTION_CHANGE'
  | 'FIELD_DESCRIPTION_CHANGE'
  | 'ARG_DESCRIPTION_CHANGE'
  | 'ENUM_VALUE_DESCRIPTION_CHANGE'
  | 'DIRECTIVE_ADDED'
  | 'DIRECTIVE_REMOVED'
  | 'DIRECTIVE_ARG_ADDED'
  | 'DIRECTIVE_ARG_REMOVED'
  | 'DIRECTIVE_ARG_CHANGED_TYPE'
  | 'DIRECTIVE_LOCATION_ADDED'
  | 'DIRECTIVE_LOCATION_REMOVED';

/** One difference between two API schemas, and whom it may break. */
export interface SchemaChange {
  readonly code: ChangeCode;
  /** what changed: `Type`, `Type.field`, `Type.field(arg:)`, `Input.field`, `Enum.VALUE`, `@directive`, `@directive(arg:)` */
  readonly coordinate: string;
  /** one sentence */
  readonly description: string;
  /** ifUsed: breaks who uses one of `breaksUsersOf`; dangerous: may surprise clients; safe: nobody notices */
  readonly impact: 'ifUsed' | 'dangerous' | 'safe';
  /** Coordinates of the old schema; a client that uses one of them may break. Empty unless impact is ifUsed. */
  readonly breaksUsersOf: readonly string[];
  /** Some of `breaksUsersOf` are inputs: usage reports that hold only output fields cannot answer exactly. */
  readonly aboutInput: boolean;
}

/** A change that no document notices. */
export function safe(code: ChangeCode, coordinate: string, description: string): SchemaChange {
  return { code, coordinate, description, impact: 'safe', breaksUsersOf: [], aboutInput: false };
}

/** A change that leaves documents alone but may surprise the code that sends them. */
export function dangerous(code: ChangeCode, coordinate: string, description: string): SchemaChange {
  return { code, coordinate, description, impact: 'dangerous', breaksUsersOf: [], aboutInput: false };
}

/**
 * A change that breaks who uses certain outputs: fields and type conditions.
 * @param users coordinates of the old schema
 */
export function breaksOutput(
  code: ChangeCode,
  coordinate: string,
  description: string,
  users: readonly string[],
): SchemaChange {
  return { code, coordinate, description, impact: 'ifUsed', breaksUsersOf: users, aboutInput: false };
}

/**
 * A change that breaks who gives certain inputs: arguments, input fields, enum values, or values of an input type.
 * @param users coordinates of the old schema
 */
export function breaksInput(
  code: ChangeCode,
  coordinate: string,
  description: string,
  users: readonly string[],
): SchemaChange {
  return { ...breaksOutput(code, coordinate, description, users), aboutInput: true };
}
