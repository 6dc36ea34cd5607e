/** Images that count readers for others, by who serves them. */

/** Registered names of services that count readers or views; hosts below them count too. */
const SERVICES: ReadonlySet<string> = new Set(
  `quantserve.com scorecardresearch.com doubleclick.net 2mdn.net google-analytics.com googletagmanager.com statcounter.com
   imrworldwide.com yadro.ru vgwort.de ivwbox.de ioam.de xiti.com hotlog.ru histats.com sitemeter.com extreme-dm.com
   webtrends.com webtrendslive.com chartbeat.net chartbeat.com addtoany.com addthis.com feedsportal.com parsely.com
   comscore.com omtrdc.net 2o7.net effectivemeasure.net gemius.pl adnxs.com adform.net criteo.com mgid.com
   outbrain.com taboola.com zedo.com fastclick.net atdmt.com hit.ua bigmir.net i.ua nnn.ru toplist.cz navrcholu.cz
   shinystat.com estat.com weborama.fr smartadserver.com clicky.com getclicky.com`.split(/\s+/),
);
/** Services that serve other things as well, and their hosts and folders that count. */
const SHARED: ReadonlySet<string> = new Set(
  'facebook.com yandex.ru yandex.com mail.ru rambler.ru wp.com feedburner.com t.co bing.com pinterest.com linkedin.com googleusercontent.com baidu.com'.split(
    ' ',
  ),
);
const PLACES =
  /^(?:www\.facebook\.com\/tr|mc\.yandex\.[a-z]{2,3}\/|top-fwz1\.mail\.ru\/|counter\.rambler\.ru\/|(?:pixel|stats|b)\.wp\.com\/|feeds\.feedburner\.com\/~|t\.co\/|bat\.bing\.com\/|ct\.pinterest\.com\/|px\.ads\.linkedin\.com\/|blogger\.googleusercontent\.com\/tracker\/|hm\.baidu\.com\/)/;
/** A program that answers with a pixel, by its name. */
const PROGRAM =
  /\/(?:count(?:er)?|hit|track(?:er|ing)?|beacon|stats?|pixel|impression|trackimp)(?:\.(?:php|cgi|pl|asp|aspx|gif))?$/i;

/** Whether an image counts readers rather than showing them something. */
export function isCounter({ hostname, pathname, search }: URL): boolean {
  const service = hostname.slice(hostname.lastIndexOf('.', hostname.lastIndexOf('.') - 1) + 1);
  if (SERVICES.has(service)) return true;
  return (SHARED.has(service) && PLACES.test(hostname + pathname)) || (search !== '' && PROGRAM.test(pathname));
}
