import { classify } from './classify.ts';
import { care } from './care.ts';
import { text } from './text.ts';
import { engines } from './engines.ts';
import { exporting } from './exporting.ts';
import { texts } from './texts.ts';
import { doctor } from './doctor.ts';
import { experiments } from './experiments.ts';
import { gradients } from './gradients.ts';
import { insight } from './insight.ts';
import { lessons } from './lessons.ts';
import { manage } from './manage.ts';
import { places } from './places.ts';
import { preparing } from './preparing.ts';
import { newFile } from './new-file.ts';
import { preflight } from './preflight.ts';
import { proposed } from './proposed.ts';
import { queue } from './queue.ts';
import { seeing } from './seeing.ts';
import { settings } from './settings.ts';
import { sources } from './sources.ts';
import { studio } from './studio.ts';

/** Errors have no entry here: their English sentence comes with them. */
export const en = { ...studio, ...engines, ...places, ...preparing, ...seeing, ...doctor, ...manage, ...settings, ...sources, ...text, ...texts, ...classify, ...lessons, ...insight, ...gradients, ...experiments, ...preflight, ...proposed, ...queue, ...care, ...exporting, ...newFile };
