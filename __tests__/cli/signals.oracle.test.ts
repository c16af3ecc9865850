import { hostileLayers } from "../helpers/hostile.ts";
import { endsOnSignals } from "../helpers/signalled.ts";

endsOnSignals(Object.keys(hostileLayers));
