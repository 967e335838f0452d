import { runProcess } from '@community/kit/run';
import { runSubgraph } from '@community/kit/subgraph';
import { chat } from './chat.ts';

await runProcess(() => runSubgraph(chat));
