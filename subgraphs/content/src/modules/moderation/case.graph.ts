import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { hasRole } from '@community/kit/member';
import { isProblem } from '@community/kit/problem';
import { builder, defineConnection, problems } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { Comment } from '../comment/comment.graph.ts';
import { commentById } from '../comment/comment.loader.ts';
import { Post } from '../post/post.graph.ts';
import { postById } from '../post/post.loader.ts';
import { User } from '../viewer/user.graph.ts';
import type { Words } from './case.store.ts';
import type {
  CaseOrigin,
  ModerationCase as CaseShape,
  CaseStatus,
  Report as ReportShape,
  ThingKind,
} from './moderation.ts';
import { ReportReason } from './report.graph.ts';

const wordsOf = defineLoader<Context, string, Words | null>((context, ids) => context.stores.case.words(ids));
const reportsOf = defineLoader<Context, string, ReportShape[]>((context, ids) => context.stores.case.reports(ids));

const Status = builder.enumType('CaseStatus', {
  description: 'How far moderators are with a case.',
  values: {
    OPEN: { description: 'Nobody has decided yet.' },
    RESOLVED: { description: 'What it is about was taken away.' },
    DISMISSED: { description: 'What it is about stands.' },
  } satisfies Record<CaseStatus, object>,
});
const Origin = builder.enumType('CaseOrigin', {
  description: 'Why there is a case.',
  values: {
    REPORTED: { description: 'Members reported it.' },
    HELD: { description: 'It waits to be shown.' },
  } satisfies Record<CaseOrigin, object>,
});
const Kind = builder.enumType('ThingKind', {
  description: 'What a case is about.',
  values: { POST: {}, COMMENT: {} } satisfies Record<ThingKind, object>,
});

const Report = builder.objectRef<ReportShape>('Report').implement({
  description: 'What a member said is wrong with it. For moderators.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    reporter: t.field({ type: User, nullable: true, resolve: ({ reporterId }) => ({ id: reporterId }) }),
    reason: t.field({ type: ReportReason, resolve: ({ reason }) => reason }),
    note: t.exposeString('note'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const ModerationCase = builder.objectRef<CaseShape>('ModerationCase').implement({
  description: 'What moderators are to decide, or have decided. They read the words whoever may see the thing itself.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.field({ type: Kind, resolve: ({ kind }) => kind }),
    origin: t.field({ type: Origin, resolve: ({ origin }) => origin }),
    heldFor: t.exposeString('heldFor', { nullable: true, description: 'The code of the rule by which it is held.' }),
    status: t.field({ type: Status, resolve: ({ status }) => status }),
    author: t.field({ type: User, nullable: true, resolve: ({ authorId }) => ({ id: authorId }) }),
    title: t.string({
      nullable: true,
      description: "A post's; null for a comment, and when its author took it away.",
      resolve: async ({ thingId }, _, context) => (await wordsOf(context).load(thingId))?.title ?? null,
    }),
    bodyHtml: t.string({
      nullable: true,
      description: 'Rendered, and safe to put into a page; null when its author took it away.',
      resolve: async ({ thingId }, _, context) => (await wordsOf(context).load(thingId))?.bodyHtml ?? null,
    }),
    post: t.field({
      type: Post,
      nullable: true,
      description: 'The post as the moderator may see it; null for a comment.',
      resolve: ({ kind, thingId }, _, context) => (kind === 'POST' ? postById(context).load(thingId) : null),
    }),
    comment: t.field({
      type: Comment,
      nullable: true,
      description: 'The comment as the moderator may see it; null for a post.',
      resolve: ({ kind, thingId }, _, context) => (kind === 'COMMENT' ? commentById(context).load(thingId) : null),
    }),
    reportCount: t.exposeInt('reportCount'),
    reports: t.field({
      type: [Report],
      description: 'The latest twenty.',
      listSize: { assumedSize: 20 },
      resolve: ({ id }, _, context) => reportsOf(context).load(id),
    }),
    openedAt: t.expose('openedAt', { type: 'DateTime' }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    decidedBy: t.field({
      type: User,
      nullable: true,
      resolve: ({ decidedBy }) => (decidedBy ? { id: decidedBy } : null),
    }),
  }),
});

const CaseConnection = defineConnection('ModerationCase', ModerationCase);

builder.queryField('moderationQueue', (t) =>
  t.field({
    type: CaseConnection,
    nullable: true,
    description: 'What moderators are to decide, the oldest first; null for all others.',
    tag: ['public', 'mobile'],
    args: {
      status: t.arg({ type: Status, defaultValue: 'OPEN', required: true }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    listSize: connectionSize,
    resolve: async (_, { status, ...args }, context) => {
      if (!hasRole(context.member, 'MODERATOR')) return null;
      const page = readPage(args);
      const cases = await context.stores.case.page(status, page);
      return toConnection(cases, page, ({ openedAt, id }) => [openedAt.toISOString(), id]);
    },
  }),
);

for (const verb of ['resolve', 'dismiss'] as const) {
  const Verb = verb === 'resolve' ? 'Resolve' : 'Dismiss';
  const now = verb === 'resolve' ? 'What it is about is taken away.' : 'What it is about stands.';
  const Input = builder.inputType(`${Verb}CaseInput`, {
    description: `Which case to ${verb}.`,
    fields: (t) => ({ caseId: t.id({ required: true }) }),
  });
  const Success = builder.objectRef<{ decided: CaseShape }>(`${Verb}CaseSuccess`).implement({
    description: 'The case, as it is decided now.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ case: t.field({ type: ModerationCase, resolve: ({ decided }) => decided }) }),
  });
  const Result = builder.unionType(`${Verb}CaseResult`, {
    description: `How \`${verb}Case\` ended.`,
    types: [Success, problems.NotFoundError, problems.ForbiddenError, problems.NotSignedInError],
  });
  builder.mutationField(`${verb}Case`, (t) =>
    t.field({
      type: Result,
      description: `${now} For moderators; a case that was decided already stays as it is.`,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: async (_, { input }, context) => {
        const decision = verb === 'resolve' ? 'RESOLVED' : 'DISMISSED';
        const result = await context.services.moderation.decide(context.member, input.caseId, decision);
        return isProblem(result) ? result : { __typename: `${Verb}CaseSuccess`, decided: result };
      },
    }),
  );
}
