import { declareGrowth } from './growth.ts';

declareGrowth('shell/growth', ['']);
