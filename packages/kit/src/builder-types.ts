import type { RequestContext } from './context.ts';

/** What every builder of a schema knows: the context of a request, non-null fields, and `DateTime`. */
export interface BuilderTypes<Context extends RequestContext> {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
  };
}
