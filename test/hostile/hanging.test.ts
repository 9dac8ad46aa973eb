/** Inputs of 2 kB that hang others. */
import { declareHangingInputs } from './hanging.ts';

declareHangingInputs('inputs that hang others', 0.1, 5_000);
