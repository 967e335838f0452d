import { addViewer } from '@community/kit/viewer.graph';
import { builder } from '../../builder.ts';

export const Viewer = addViewer(builder);
