import { runProcess } from '@community/kit/run';
import { runSubgraph } from '@community/kit/subgraph';
import { user } from './user.ts';

await runProcess(() => runSubgraph(user));
