import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { GivenGrant } from './grant.service.ts';

/** The viewer's grants of rooms; those of all rooms that are asked for by one statement. */
export const grantOf = defineLoader<Context, string, GivenGrant | null>(async (context, roomIds) =>
  context.member ? context.services.grant.give(context.member, roomIds) : roomIds.map(() => null),
);
