/** A message to a person in the languages that we speak: whole sentences, each in one language only. */
export interface Texts {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Texts;

/**
 * Chinese unless the client prefers English (`Accept-Language`, RFC 9110 12.5.4). Whoever names neither, or anything (`*`), gets
 * Chinese: WeChat's own interface is Chinese for nearly all of its users.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const [preferred] = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => (language === 'zh' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return preferred?.language === 'en' ? 'en' : 'zh';
}
