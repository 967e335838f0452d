import { runProcess } from '@community/kit/run';
import { runSubgraph } from '@community/kit/subgraph';
import { content } from './content.ts';

await runProcess(() => runSubgraph(content));
