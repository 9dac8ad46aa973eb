/** Inputs of 20 kB that hang others. */
import { declareHangingInputs } from './hanging.ts';

declareHangingInputs('long inputs that hang others', 1, 15_000);
