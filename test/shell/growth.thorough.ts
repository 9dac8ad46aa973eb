import { declareGrowth } from './growth.ts';

declareGrowth('shell/growth with words', ['x ', '"x y" ', 'x\n']);
