import type { LessonRequest, LessonResult } from '../../shared/lessons.ts';
import type { Engines } from '../choose.ts';
import { handwrittenLesson, memoryLesson, unrolledLesson } from './cells.ts';
import { helloLesson } from './hello.ts';
import { recallLesson } from './recall.ts';
import { shapesLesson } from './shapes.ts';

/**
 * Runs what a lesson shows, on the real backends: the equations on the float64 reference, the training on wasm.
 * @param pause called between epochs; true: cancelled
 * @returns null when cancelled
 */
export async function runLesson(engines: Engines, request: LessonRequest, pause: () => Promise<boolean>): Promise<LessonResult | null> {
  switch (request.lesson) {
    case 'memory': return memoryLesson(engines.reference, request);
    case 'unrolled': return unrolledLesson(engines.reference, request);
    case 'handwritten': return handwrittenLesson(engines.reference, request);
    case 'hello': return helloLesson(engines, request, pause);
    case 'shapes': return shapesLesson(engines.reference, request);
    case 'recall': return recallLesson(engines, request, pause);
  }
}
