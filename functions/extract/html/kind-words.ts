/** What papers call kinds of articles, above a headline or as its first word, in lower case. */

const words = (list: string): ReadonlySet<string> => new Set(list.split('|').map((word) => word.trim()));

/** Of opinion: words that also head the comments of readers are none. */
export const OPINION = words(`
  opinion | opinions | op-ed | editorial | editorials | our view | viewpoint | viewpoints | commentary | column | columnist |
  columnists | guest column | guest columnist | guest essay | guest opinion | guest commentary | letter to the editor |
  letters to the editor | letter | letters | readers write | meinung | meinungen | kolumne | kolumnen | leitartikel |
  gastbeitrag | gastkommentar | glosse | standpunkt | kommentar | leserbrief | leserbriefe | tribune | tribunes | éditorial |
  editorial. | édito | edito | chronique | point de vue | billet | opinion. | courrier des lecteurs | opinión | columna |
  columnas | tribuna | tribuna abierta | carta al director | cartas al director | columna de opinión | opinião | coluna |
  colunista | artigo de opinião | opinione | opinioni | editoriale | l’editoriale | commento | il commento | opinie |
  commentaar | hoofdredactioneel | ingezonden | ledare | krönika | debatt | insändare | kolumn | leder | kronikk | debat |
  kronik | leserinnlegg | læserbrev | pääkirjoitus | kolumni | mielipide | mielipidekirjoitus | komentarz | felieton | opinia |
  komentář | názor | názory | glosa | úvodník | komentár | vélemény | publicisztika | opinii | мнение | мнения | колонка |
  колонка редактора | от редакции | думка | погляд | блог-думка | коментар | анализ и мнение | mišljenje | kolumna |
  komentar | mnenje | kolumne | άποψη | γνώμη | απόψεις | köşe yazısı | görüş | köşe yazıları | رأي | آراء | مقال رأي |
  افتتاحية | یادداشت | سرمقاله | דעה | דעות | טור | טור דעה | רائے | اداریہ | کالم | संपादकीय | विचार | मत | ব্যক্তিগত মত |
  সম্পাদকীয় | মতামত | 社説 | 論説 | コラム | オピニオン | 사설 | 칼럼 | 오피니언 | 기고 | 社评 | 社論 | 社论 | 时评 | 時評 | 观点 |
  觀點 | 專欄 | 专栏 | góc nhìn | ý kiến | opini | tajuk rencana | arvamus | juhtkiri | viedoklis | nuomonė | iritzia |
  editoriala | opinió | leiðari | pistill`);

/** Of what organizations say of themselves. */
export const PRESS_RELEASE = words(`
  press release | press releases | media release | news release | pressemitteilung | pressemeldung | medienmitteilung |
  presseaussendung | communiqué de presse | communiqué | comunicado de prensa | nota de prensa | comunicado de imprensa |
  comunicado à imprensa | nota à imprensa | comunicato stampa | persbericht | pressmeddelande | pressemelding |
  pressemeddelelse | lehdistötiedote | tiedote | informacja prasowa | komunikat prasowy | tisková zpráva | tlačová správa |
  sajtóközlemény | comunicat de presă | пресс-релиз | прес-реліз | прессъобщение | priopćenje | basın bülteni |
  basın açıklaması | بيان صحفي | プレスリリース | 보도자료 | 新闻稿 | 新聞稿 | thông cáo báo chí | siaran pers`);

/** What stands above the first line of a release. */
export const RELEASE_LINE =
  /^(?:for immediate release|embargoed until|zur sofortigen veröffentlichung|pour diffusion immédiate|para publicación inmediata|para difusión inmediata|para divulgação imediata|per la pubblicazione immediata|voor onmiddellijke publicatie|för omedelbar publicering|do natychmiastowej publikacji)(?![\p{L}])/iu;

/** Of what is written while it goes on, in titles, labels and folders of addresses. */
export const LIVE = words(`
  live | live blog | liveblog | live updates | live update | liveticker | live ticker | ticker | newsblog | newsticker |
  en direct | direct | direct live | en directo | directo | en vivo | minuto a minuto | ao vivo | aovivo | in diretta |
  diretta | la diretta | direct op | liveverslag | direkt | direktesenter | nyhetsstudio | liverapport | suora | hetki hetkeltä |
  relacja na żywo | na żywo | online přenos | živě | onlajn | online | онлайн | текстовая трансляция | трансляция | наживо |
  uživo | v živo | canlı | canlı blog | مباشر | تغطية مباشرة | زنده | ライブ | 速報 | 실시간 | 直播 | trực tiếp | live nieuws`);

/** Of what is told in pictures. */
export const GALLERY = words(`
  photos | in photos | in pictures | pictures | photo gallery | photo galleries | gallery | galleries | slideshow |
  slideshows | photo essay | fotostrecke | fotostrecken | bildergalerie | bildergalerien | bilderstrecke | fotogalerie |
  in bildern | bilder | die bilder | galerie | galeries | en images | diaporama | diaporamas | portfolio | galería |
  galerías | galeria | galerias | fotogalería | fotogaleria | en imágenes | en fotos | fotos | fotogalerias | em imagens |
  fotogallery | le foto | le immagini | foto | in beeld | fotoserie | bildspel | bildeserie | i bilder | billedserie |
  kuvagalleria | kuvat | galeria zdjęć | zdjęcia | fotogalerie. | képgaléria | galéria | galerie foto | фоторепортаж |
  фотогалерея | фото | фотоленты | фоторепортажі | foto galeri | fotogaleri | صور | بالصور | گالری عکس | 写真特集 | 写真 |
  화보 | 포토 | 组图 | 組圖 | 图集 | ảnh`);
