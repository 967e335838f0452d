import { runProcess } from '@community/kit/run';
import { runSubgraph } from '@community/kit/subgraph';
import { notification } from './notification.ts';

await runProcess(() => runSubgraph(notification));
