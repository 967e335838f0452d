import type { Builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import type { Problem } from './problem.ts';

/** Adds the interface that all named errors of mutations implement; returns a function that defines such a type. */
export function addProblems<Context extends RequestContext>(builder: Builder<Context>) {
  const ErrorInterface = builder.interfaceRef<Problem>('Error').implement({
    description: 'An expected failure of a mutation. Expect new members of result unions: select `... on Error` last.',
    fields: (t) => ({
      message: t.exposeString('message', { description: 'For people, in English.', tag: ['public', 'mobile'] }),
      code: t.exposeString('code', { description: 'Stable, for programs.', tag: ['public', 'mobile'] }),
      path: t.exposeStringList('path', {
        description: 'Where in the input; empty when it is about the whole.',
        tag: ['public', 'mobile'],
      }),
    }),
  });

  /** Defines a named error type; those that all domains have are shareable, as each subgraph defines them alike. */
  function defineProblem(name: string, description: string, shareable = false) {
    return builder
      .objectRef<Problem>(name)
      .implement({ description, interfaces: [ErrorInterface], shareable, tag: ['public', 'mobile'] });
  }

  return {
    ErrorInterface,
    defineProblem,
    NotSignedInError: defineProblem('NotSignedInError', 'Only members may do this.', true),
    ForbiddenError: defineProblem('ForbiddenError', 'This member may not do this.', true),
    NotFoundError: defineProblem('NotFoundError', 'What was named does not exist, or is hidden from the viewer.', true),
    ValidationError: defineProblem('ValidationError', 'The input breaks a rule; `path` says where.', true),
    ConflictError: defineProblem(
      'ConflictError',
      'The thing was changed meanwhile, or a client key was used twice.',
      true,
    ),
  };
}
