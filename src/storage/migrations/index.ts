import type { Migration } from '../migrate.ts';
import { first } from './0001-first.ts';
import { sources } from './0002-sources.ts';
import { marks } from './0003-marks.ts';
import { texts } from './0004-texts.ts';
import { resume } from './0005-resume.ts';
import { textData } from './0006-text-data.ts';
import { recipes } from './0007-recipes.ts';
import { targets } from './0008-targets.ts';
import { classes } from './0010-classes.ts';
import { units } from './0012-units.ts';
import { gradients } from './0009-gradients.ts';
import { origins } from './0011-origins.ts';

/** In order, without gaps. */
export const migrations: readonly Migration[] = [first, sources, marks, texts, resume, textData, recipes, targets, gradients, classes, origins, units];
