import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type DocumentNode, parse } from 'graphql';
import { z } from 'zod';
import type { SchemaChange } from '../../schema-diff/change.ts';
import type { CustomTask, Violation } from './check.ts';

const POLICY_MS = 5_000;

/** What a policy is given to judge. */
export interface PolicyQuestion {
  readonly graphId: string;
  readonly variant: string;
  /** Null: a whole graph. */
  readonly subgraph: string | null;
  readonly sdl: string;
  readonly document: DocumentNode;
  /** What is in service; null: it is new. */
  readonly baseSdl: string | null;
  readonly baseDocument: DocumentNode | null;
  /** Of the schema that clients see. */
  readonly changes: readonly SchemaChange[];
}

/** A rule of the team's own: a module whose default export this is. */
export interface Policy {
  readonly name: string;
  check(question: PolicyQuestion): readonly Finding[] | Promise<readonly Finding[]>;
}

const finding = z.object({
  message: z.string(),
  level: z.enum(['ERROR', 'WARNING', 'INFO']).default('ERROR'),
  coordinate: z.string().nullish(),
  /** Where in the SDL, by offsets of characters; an AST node's `loc` is of this form. */
  loc: z.object({ start: z.number().int().min(0), end: z.number().int().min(0) }).nullish(),
});

export type Finding = z.input<typeof finding>;

/**
 * Loads policies from a folder: each `*.mjs` or `*.js` file is one.
 * @throws Error that names the file that is none
 */
export async function loadPolicies(folder: string | undefined): Promise<Policy[]> {
  if (!folder) return [];
  const files = (await readdir(folder)).filter((name) => /\.m?js$/.test(name)).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = path.resolve(folder, name);
      const { default: policy } = (await import(pathToFileURL(file).href)) as { default?: Partial<Policy> };
      if (typeof policy?.name !== 'string' || typeof policy.check !== 'function')
        throw new Error(`${file} is no policy: its default export has a name and a function check`);
      return policy as Policy;
    }),
  );
}

function position(sdl: string, offset: number) {
  const before = sdl.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return {
    byteOffset: Buffer.byteLength(before),
    line: before.split('\n').length,
    column: before.length - lastBreak,
  };
}

async function judge(policy: Policy, question: PolicyQuestion): Promise<Violation[]> {
  const failed = (message: string): Violation[] => [
    { rule: policy.name, level: 'ERROR', message, coordinate: null, sourceLocations: [] },
  ];
  try {
    const answer = await Promise.race([
      Promise.resolve(policy.check(question)),
      setTimeout(POLICY_MS, undefined, { ref: false }),
    ]);
    if (answer === undefined) return failed(`the policy did not answer within ${POLICY_MS / 1000} seconds`);
    return z
      .array(finding)
      .parse(answer)
      .map(({ loc, coordinate, ...rest }) => ({
        rule: policy.name,
        ...rest,
        coordinate: coordinate ?? null,
        sourceLocations: loc
          ? [{ start: position(question.sdl, loc.start), end: position(question.sdl, loc.end) }]
          : [],
      }));
  } catch (error) {
    return failed(`the policy failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Asks every policy; one that fails is a violation of its own, and hurts no other. */
export async function checkPolicies(
  policies: readonly Policy[],
  question: Omit<PolicyQuestion, 'document' | 'baseDocument'>,
): Promise<CustomTask | null> {
  if (policies.length === 0) return null;
  const full = {
    ...question,
    document: parse(question.sdl),
    baseDocument: question.baseSdl === null ? null : parse(question.baseSdl),
  };
  const violations = (await Promise.all(policies.map((policy) => judge(policy, full)))).flat();
  return { status: violations.some(({ level }) => level === 'ERROR') ? 'FAILED' : 'PASSED', violations };
}
