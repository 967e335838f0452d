import { builder } from '../../builder.ts';
import { Refusal } from '../../refusal.ts';
import { authoriseWhole } from '../key/key.service.ts';
import { VariantMutationRef, VariantRef } from '../variant/variant.graph.ts';
import type { Variant } from '../variant/variant.ts';

const README_LIMIT = 200_000;

const Readme = builder.objectRef<Variant>('Readme').implement({
  fields: (t) => ({
    content: t.exposeString('readme'),
    lastUpdatedTime: t.expose('readmeUpdatedAt', { type: 'Timestamp', nullable: true }),
  }),
});

builder.objectField(VariantRef, 'readme', (t) =>
  t.field({ type: Readme, nullable: true, resolve: (variant) => variant }),
);

const Updated = builder.objectRef<Variant>('UpdateVariantReadmeResult').implement({
  fields: (t) => ({ readme: t.field({ type: Readme, nullable: true, resolve: (variant) => variant }) }),
});

builder.objectField(VariantMutationRef, 'updateVariantReadme', (t) =>
  t.field({
    type: Updated,
    nullable: true,
    args: { readme: t.arg.string({ required: true }) },
    resolve: (variant, { readme }, { key, services }) => {
      authoriseWhole(key, variant.graphId, 'publish');
      if (readme.length > README_LIMIT)
        throw new Refusal('BAD_INPUT', `A README has at most ${README_LIMIT} characters.`);
      return services.variants.setReadme(variant.id, readme);
    },
  }),
);
