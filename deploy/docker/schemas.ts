import path from 'node:path';
import { publishSchemas } from '@community/launcher/publish-schemas';
import { selectServices } from '@community/launcher/services';

// Publishes the SDL of this image, in one launch, and the contracts of the graph. What owners published by Rover since
// the same SDL was published last stays.
const { REGISTRY_URL = 'http://registry:4000', APOLLO_KEY = '', STATE_FOLDER = '/var/lib/community' } = process.env;
await publishSchemas({
  root: process.cwd(),
  subgraphs: selectServices(process.cwd(), undefined, {}).subgraphs,
  folder: { schemaMark: path.join(STATE_FOLDER, 'schemas.json') },
  url: REGISTRY_URL,
  key: APOLLO_KEY,
});
console.log('the schemas are published');
