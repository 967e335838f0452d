import { runProcess } from '@community/kit/run';
import { runSubgraph } from '@community/kit/subgraph';
import { auth } from './auth.ts';

await runProcess(() => runSubgraph(auth));
