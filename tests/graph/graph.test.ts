import { startPlatform } from '../platform.ts';
import { graphSuite } from './graph-suite.ts';

graphSuite({
  name: 'the embedded gateway',
  start: () => startPlatform(),
  unavailable: 'SERVICE_UNAVAILABLE',
});
