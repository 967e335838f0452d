import { startPlatform } from '../platform.ts';
import { liveSuite } from './live-suite.ts';

liveSuite({ name: 'the embedded gateway', start: () => startPlatform(), router: ['gateway'] });
