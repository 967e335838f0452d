import { startPlatform } from '../platform.ts';
import { securitySuite } from './security-suite.ts';

securitySuite({ name: 'the embedded gateway', start: () => startPlatform({ args: ['--production'] }) });
