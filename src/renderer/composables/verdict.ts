import type { ClassBrief } from '../../shared/classify.ts';
import type { RunSummary } from '../../shared/run.ts';
import type { TextMetrics } from '../../shared/text.ts';
import { judge, judgeClasses, judgeText } from '../../shared/verdict.ts';
import { useWords } from './words.ts';

/** The verdict of a run in one sentence, and the short form for lists. */
export function useVerdict() {
  const { t, number, percent, withUnit } = useWords();

  function sentence(run: Pick<RunSummary, 'metrics' | 'persistence' | 'unit'> & Partial<Pick<RunSummary, 'classes' | 'text' | 'targets'>>): string {
    if (run.classes) return classSentence(run.classes.final);
    if (run.text) return textSentence(run.text.final);
    const verdict = judge(run.metrics, run.persistence);
    if (verdict.kind === 'none') return '';
    // Several targets together have no unit of their own.
    const unit = run.targets ? t('prep.scaledUnits') : run.unit;
    const words: Record<string, string> = { split: t(`split.on.${verdict.split}`), rmse: withUnit(number(verdict.rmse), unit) };
    if (verdict.kind !== 'unjudged') {
      words.persistence = withUnit(number(verdict.persistence), unit);
      words.percent = percent(verdict.percent);
    }
    // Rows that the network has learnt from say nothing about new ones.
    return t(`verdict.${verdict.kind}`, words) + (verdict.split === 'train' ? t('verdict.seen') : '');
  }

  function short(run: Pick<RunSummary, 'metrics' | 'persistence'> & Partial<Pick<RunSummary, 'classes' | 'text' | 'classes'>>): string {
    if (run.classes) {
      const of = judgeClasses(run.classes.final);
      return of.kind === 'none' ? '' : t('classify.verdict.short', { accuracy: percent(of.accuracy * 100) });
    }
    if (run.text) {
      const of = judgeText(run.text.final);
      return of.kind === 'none' ? '' : t(`texts.verdict.short.${of.kind}`, { percent: percent(of.percent) });
    }
    const verdict = judge(run.metrics, run.persistence);
    if (verdict.kind === 'none' || verdict.kind === 'unjudged') return '';
    return t(`verdict.short.${verdict.kind}`, { percent: percent(verdict.percent) });
  }

  function textSentence(metrics: TextMetrics): string {
    const verdict = judgeText(metrics);
    if (verdict.kind === 'none') return '';
    const words = { split: t(`split.on.${verdict.split}`), bits: number(verdict.bits, 3), bigram: number(verdict.bigram, 3), percent: percent(verdict.percent) };
    return t(`texts.verdict.${verdict.kind}`, words) + (verdict.split === 'train' ? t('texts.verdict.seen') : '');
  }

  function classSentence(metrics: ClassBrief): string {
    const verdict = judgeClasses(metrics);
    if (verdict.kind === 'none') return '';
    return t(`classify.verdict.${verdict.kind}`, { split: t(`split.on.${verdict.split}`), accuracy: percent(verdict.accuracy * 100), baseline: percent(verdict.baseline * 100) }) + (verdict.split === 'train' ? t('classify.verdict.seen') : '');
  }

  return { sentence, short, judge, judgeText, judgeClasses };
}
