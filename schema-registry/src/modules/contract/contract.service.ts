import type { ContractFilter } from '@community/rover/compose';
import type { Db } from '../../database.ts';
import { checkedVariantName, type GraphRef, printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import type { LaunchService } from '../launch/launch.service.ts';
import type { Attribution, Launch } from '../launch/launch.ts';
import type { VariantStore } from '../variant/variant.store.ts';
import type { Variant } from '../variant/variant.ts';

const TAG = /^[\w/-]{1,128}$/;

/** What a contract shows, in words. */
export function describeFilter({ include, exclude, hideUnreachableTypes }: ContractFilter): string {
  const list = (tags: readonly string[]) => (tags.length > 0 ? tags.join(', ') : 'none');
  return `Include tags: ${list(include)}\nExclude tags: ${list(exclude)}\nHide unreachable types: ${hideUnreachableTypes ? 'yes' : 'no'}`;
}

export function createContractService({
  db,
  variants,
  launches,
}: {
  db: Db;
  variants: VariantStore;
  launches: LaunchService;
}) {
  function checkFilter({ include, exclude }: ContractFilter): void {
    const wrong = [...include, ...exclude].find((tag) => !TAG.test(tag));
    if (wrong !== undefined)
      throw new Refusal('BAD_INPUT', `"${wrong}" is no tag: letters, digits, "_", "-" and "/", at most 128.`);
    const both = include.find((tag) => exclude.includes(tag));
    if (both !== undefined) throw new Refusal('BAD_INPUT', `The tag "${both}" is both included and excluded.`);
  }

  async function sourceOf(ref: GraphRef, known: Variant | null, named: string | null): Promise<Variant> {
    if (known && !known.sourceId)
      throw new Refusal('CONFLICT', `"${printGraphRef(ref)}" is no contract: choose another name for the contract.`);
    if (!known && named === null)
      throw new Refusal(
        'BAD_INPUT',
        `"${printGraphRef(ref)}" is new: name the variant that it is a part of (--source-variant).`,
      );
    const source = known?.sourceId
      ? await variants.byId(known.sourceId)
      : await variants.find({ graphId: ref.graphId, variant: named ?? '' });
    if (!source) throw new Refusal('NOT_FOUND', `There is no source variant "${ref.graphId}@${named}".`);
    if (source.sourceId)
      throw new Refusal('BAD_INPUT', `"${source.name}" is a contract itself: take its source "${source.sourceId}".`);
    if (named !== null && named !== source.name)
      throw new Refusal(
        'CONFLICT',
        `The source variant of "${printGraphRef(ref)}" is "${source.name}", and cannot be changed.`,
      );
    return source;
  }

  return {
    /**
     * Defines a contract, or changes what it shows.
     * @param launch whether routers get it at once; otherwise with the next launch of its source
     */
    async publish(
      ref: GraphRef,
      sourceName: string | null,
      filter: ContractFilter,
      launch: boolean,
      by: Attribution,
    ): Promise<{ variant: Variant; launch: Launch | null }> {
      checkedVariantName(ref.variant);
      checkFilter(filter);
      const known = await variants.find(ref);
      const source = await sourceOf(ref, known, sourceName);
      const variant = await db.$transaction(async (tx) => {
        const contract = known ?? (await variants.create(tx, ref));
        await variants.setContract(tx, contract.id, source.id, filter);
        return { ...contract, sourceId: source.id, contract: filter };
      });
      return { variant, launch: launch ? await launches.launchContract(variant, by) : null };
    },
  };
}

export type ContractService = ReturnType<typeof createContractService>;
