import { z } from 'zod';
import type { ContractFilter } from './compose.ts';

const tags = z.array(z.string());
const contracts = z.record(
  z.string(),
  z.strictObject({ include: tags, exclude: tags, hideUnreachableTypes: z.boolean() }),
);

/**
 * Reads the contracts of a graph: `{"<name>": {"include": […], "exclude": […], "hideUnreachableTypes": true}}`.
 * @throws ZodError that says which part cannot be used
 */
export const readContracts = (json: string): Readonly<Record<string, ContractFilter>> =>
  contracts.parse(JSON.parse(json));
