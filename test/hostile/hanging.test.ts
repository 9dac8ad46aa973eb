/** Inputs of 1 kB that hang others. */
import { declareHangingInputs } from './hanging.ts';

declareHangingInputs('inputs that hang others', 0.05, 5_000);
