import { CLASS, classOf, isUnspaced } from './characters.ts';
import { hashesOf } from './scan.ts';
import { HashedValues, hashPair, WORD_KIND, type WordList } from './words.ts';

/**
 * The wording of what stands around articles, by purpose, in the languages of the pages we meet. A line is matched by
 * how it begins; entries are lower case, without punctuation. New languages are added here and nowhere else.
 */
export const VOCABULARY = {
  /** Heads a list of other stories. */
  related: `related|related articles|related stories|related posts|related news|related topics|related content|related links|read more|read next|read also|also read|more on this|more from|more stories|more news|more in|more about|see also|most read|most popular|most viewed|popular|popular posts|popular now|popular stories|trending|trending now|recommended|recommended for you|recommended reading|you may also like|you might also like|you may like|you might like|you may also be interested|you might be interested|up next|next article|previous article|next post|previous post|next story|previous|latest news|latest|latest stories|latest articles|recent posts|recent articles|top stories|top news|top picks|editors picks|editor's picks|editor’s picks|don't miss|don’t miss|what to read next|further reading|in case you missed it|around the web|from around the web|promoted stories|promoted|elsewhere on|keep reading|continue reading|other articles|other news|explore more|discover more|in this section|watch next|watch|more like this|stories for you|must read|must reads|headlines
|mehr zum thema|mehr|lesen sie auch|lesen sie mehr|lesen sie hier|auch interessant|das könnte sie auch interessieren|das könnte sie interessieren|das könnte dich auch interessieren|ähnliche artikel|verwandte artikel|verwandte themen|weitere artikel|weitere meldungen|weitere nachrichten|weitere themen|weiterlesen|meistgelesen|meist gelesen|am meisten gelesen|beliebt|beliebte artikel|top artikel|neueste artikel|neueste|aktuelles|empfohlen|empfehlungen|nächster artikel|vorheriger artikel|zum thema|siehe auch|mehr aus|mehr von|mehr zu|passend dazu
|à lire aussi|lire aussi|lire plus|lire la suite|à lire|articles liés|sur le même sujet|sur le même thème|les plus lus|les plus lues|le plus lu|à voir aussi|voir aussi|vous aimerez aussi|vous pourriez aussi aimer|dans la même rubrique|articles similaires|plus d'articles|plus d’articles|dernières actualités|derniers articles|article suivant|article précédent|pour aller plus loin|à ne pas manquer|nos articles|recommandé|recommandés pour vous
|te puede interesar|también te puede interesar|te puede gustar|también te puede gustar|lee también|leer también|lea también|leer más|ver más|más información|más noticias|más leídas|lo más leído|lo más visto|noticias relacionadas|artículos relacionados|relacionados|relacionadas|entradas relacionadas|últimas noticias|lo último|siguiente artículo|artículo anterior|ver también|más sobre|no te pierdas|recomendados
|leia também|leia mais|veja também|saiba mais|mais lidas|mais lidos|notícias relacionadas|artigos relacionados|relacionadas|últimas notícias|mais notícias|recomendado|ler mais|veja mais|matérias relacionadas
|leggi anche|leggi di più|potrebbe interessarti|potrebbero interessarti|articoli correlati|correlati|ultime notizie|i più letti|più letti|le più lette|vedi anche|notizie correlate|da non perdere|altri articoli|ti potrebbe interessare|potrebbe piacerti
|lees ook|lees meer|meer over|gerelateerde artikelen|gerelateerd|meest gelezen|laatste nieuws|meer nieuws|bekijk ook|aanbevolen|verder lezen|ook interessant
|czytaj też|czytaj także|czytaj również|czytaj więcej|zobacz też|zobacz także|zobacz również|zobacz więcej|polecane|polecamy|podobne artykuły|najczęściej czytane|najnowsze|przeczytaj także|przeczytaj też|przeczytaj również|powiązane artykuły|warto przeczytać|więcej na ten temat
|читайте также|читать также|смотрите также|по теме|материалы по теме|похожие материалы|похожие новости|другие новости|ещё по теме|еще по теме|популярное|самое читаемое|последние новости|новости по теме|рекомендуем|главные новости|лента новостей|читайте далее|подробнее|читайте ещё|главное
|читайте також|дивіться також|схожі новини|схожі матеріали|останні новини|популярне|новини за темою|за темою|більше новин
|čtěte také|přečtěte si také|související články|související|nejčtenější|další články|mohlo by vás zajímat|čítajte tiež|súvisiace články|najčítanejšie|prečítajte si aj
|ayrıca oku|ilgili haberler|ilginizi çekebilir|benzer haberler|çok okunanlar|en çok okunanlar|son dakika|diğer haberler|önerilen haberler|bunlar da ilginizi çekebilir
|läs också|läs även|läs mer|mest lästa|relaterade artiklar|senaste nytt|mer om|les også|les mer|mest lest|siste nytt|relaterte saker|læs også|læs mere|mest læste|seneste nyt|relaterede artikler|lue myös|lue lisää|luetuimmat|uusimmat|aiheesta lisää
|διαβάστε επίσης|διαβάστε ακόμη|δείτε επίσης|δημοφιλή|σχετικά άρθρα|τελευταία νέα|διαβάστε περισσότερα|kapcsolódó cikkek|olvasta már|ajánlott|legolvasottabb|citește și|citeşte şi|citiți și|articole similare|cele mai citite|vezi și|прочетете още|още по темата|свързани статии|прочети още|најчитаније|povezane vijesti|najčitanije|pročitajte još|pročitajte i|čitajte još
|baca juga|berita terkait|artikel terkait|terpopuler|berita terbaru|xem thêm|tin liên quan|bài liên quan|đọc thêm|tin mới|đọc nhiều|có thể bạn quan tâm
|関連記事|関連リンク|おすすめ記事|あわせて読みたい|人気記事|ランキング|アクセスランキング|新着記事|最新記事|次の記事|前の記事|関連キーワード|関連ニュース
|相关阅读|相关新闻|相关文章|推荐阅读|延伸阅读|热门文章|热门|最新文章|猜你喜欢|更多|下一篇|上一篇|相關新聞|相關文章|延伸閱讀|推薦閱讀|熱門文章|更多新聞|最新新聞
|관련기사|관련 기사|많이 본 뉴스|추천기사|인기기사|주요뉴스|실시간|다음 기사|이전 기사
|اقرأ أيضا|اقرأ أيضاً|اقرأ ايضا|مواضيع ذات صلة|أخبار ذات صلة|مقالات ذات صلة|الأكثر قراءة|شاهد أيضا|موضوعات متعلقة|آخر الأخبار|مطالب مرتبط|اخبار مرتبط|پربازدیدترین|בנושא זה|כתבות נוספות|עוד בנושא|קראו גם|यह भी पढ़ें|ये भी पढ़ें|ये भी देखें|और पढ़ें|संबंधित खबरें|संबंधित समाचार|আরও পড়ুন|আরো পড়ুন|সম্পর্কিত খবর|மேலும் படிக்க|ఇవి కూడా చదవండి|یہ بھی پڑھیں|مزید پڑھیں|متعلقہ خبریں|อ่านเพิ่มเติม|อ่านต่อ|ข่าวที่เกี่ยวข้อง|ข่าวเกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|ข่าวล่าสุด|ข่าวยอดนิยม
|loe ka|loe veel|loe lisaks|lasi arī|lasiet arī|taip pat skaitykite|skaitykite daugiau|skaitykite taip pat|preberite tudi|preberite še|lexo edhe|lexo më shumë|lesa meira|llegeix també|et pot interessar|més notícies|прочитајте још|прочитајте и|прочитај и`,
  /** Passing the story on. */
  share: `share|share this|share this article|share this story|share this post|share on|share via|share article|share it|tweet|tweet this|facebook|twitter|x|linkedin|pinterest|whatsapp|telegram|reddit|instagram|youtube|tiktok|email|e-mail|email this|print|print this|copy link|link copied|copy|save|bookmark|follow us|follow|follow us on|connect with us|send|pin it|flipboard|tumblr|messenger|like us|like this|stumbleupon|google+|google plus|vk|viber|line|threads|bluesky|mastodon|xing|pocket
|teilen|auf facebook teilen|auf twitter teilen|artikel teilen|per mail|drucken|folgen|folgen sie uns|kommentieren|merken|link kopieren|twittern|facebook teilen
|partager|partager sur|partager cet article|imprimer|suivez-nous|suivez nous|envoyer|envoyer par email|copier le lien|compartir|compartir en|comparte|imprimir|síguenos|síguenos en|guardar|enviar|compartilhar|compartilhe|partilhar|siga-nos|condividi|condividi su|stampa|seguici|seguici su|delen|deel dit artikel|deel|volg ons|afdrukken|udostępnij|podziel się|drukuj|поделиться|поделитесь|отправить|распечатать|подписывайтесь|твитнуть|вконтакте|одноклассники|поділитися|поширити|sdílet|sdílejte|tisk|zdieľať|paylaş|yazdır|dela|del|del på|jaa|κοινοποίηση|megosztás|distribuie|сподели|podijeli|bagikan|chia sẻ|シェア|ツイート|分享|分享到|공유|공유하기|شارك|مشاركة|انشر|שתף|שיתוף|แชร์`,
  /** Readers' remarks and the box to write one. */
  comments: `comment|comments|no comments|view comments|post a comment|leave a comment|leave a reply|leave a response|reply|add a comment|add comment|join the conversation|join the discussion|write a comment|show comments|load more comments|post comment|your email address will not be published|save my name|cancel reply|report abuse|responses|comments are closed|be the first to comment|discussion|disqus|log in to comment|sign in to comment|0 comments|1 comment|notify me of|have your say
|kommentare|kommentar|kommentar schreiben|kommentar verfassen|schreibe einen kommentar|kommentar hinterlassen|diskutieren sie|leserkommentare|antworten|commentaires|commentaire|réagir|laisser un commentaire|laissez un commentaire|votre commentaire|commenter|répondre|comentarios|comentario|deja un comentario|dejar un comentario|deja una respuesta|comentar|responder|comentários|comentário|deixe um comentário|deixe uma resposta|commenti|commento|lascia un commento|lascia una risposta|rispondi|reacties|reageer|geef een reactie|laat een reactie achter|plaats reactie|komentarze|komentarz|skomentuj|dodaj komentarz|zostaw komentarz|комментарии|комментарий|комментировать|оставить комментарий|добавить комментарий|ответить|коментарі|коментар|залишити коментар|komentáře|komentář|přidat komentář|diskuse|diskusia|komentáre|yorumlar|yorum|yorum yap|yorum yaz|kommentarer|kommentera|kommentoi|kommentit|σχόλια|hozzászólások|comentarii|lasă un comentariu|коментари|komentari|komentar|bình luận|ý kiến|コメント|コメントを残す|评论|发表评论|留言|發表留言|댓글|댓글쓰기|التعليقات|تعليقات|اترك تعليقا|נגישות|תגובות|הוסף תגובה|ความคิดเห็น`,
  /** Keywords of the story. */
  tags: `tags|tag|topics|topic|filed under|keywords|categories|category|posted in|tagged|tagged in|tagged with|in this story|more on|labels|hashtags
|schlagworte|schlagwörter|themen|thema|stichwörter|mots-clés|mots clés|thèmes|étiquettes|etiquetas|temas|palabras clave|marcadores|assuntos|argomenti|tag articolo|onderwerpen|trefwoorden|tagi|tematy|теги|метки|темы|ключевые слова|теми|témata|štítky|etiketler|ämnen|taggar|emner|avainsanat|ετικέτες|címkék|etichete|тагове|oznake|kategori|từ khóa|タグ|カテゴリー|キーワード|标签|關鍵字|關鍵詞|标签：|태그|키워드|الكلمات الدلالية|الوسوم|תגיות|แท็ก`,
  /** Whose page it is and on what terms. */
  legal: `copyright|©|all rights reserved|privacy|privacy policy|privacy notice|terms|terms of use|terms of service|terms and conditions|terms & conditions|cookie|cookies|cookie policy|cookie settings|cookie preferences|manage cookies|accessibility|disclaimer|do not sell|your privacy choices|advertise|advertise with us|contact us|contact|about us|about|careers|jobs|site map|sitemap|corrections|ethics|licensing|reprints|powered by|this material may not be published|we use cookies|this site uses|this website uses|by continuing|by using this site|accept all|accept|reject all|legal notice|imprint|help|help center|faq|customer service|registered in|modern slavery|ad choices|adchoices|rss|media kit|press
|impressum|datenschutz|datenschutzerklärung|agb|alle rechte vorbehalten|nutzungsbedingungen|kontakt|über uns|mediadaten|widerruf|privatsphäre|cookie-einstellungen|mentions légales|politique de confidentialité|tous droits réservés|conditions générales|contactez-nous|qui sommes-nous|données personnelles|plan du site|gestion des cookies|aviso legal|política de privacidad|política de cookies|todos los derechos reservados|condiciones de uso|contacto|quiénes somos|quienes somos|publicidad|política de privacidade|todos os direitos reservados|termos de uso|contato|contacto|quem somos|expediente|anuncie|note legali|informativa privacy|tutti i diritti riservati|contatti|chi siamo|pubblicità|redazione|privacyverklaring|alle rechten voorbehouden|over ons|algemene voorwaarden|adverteren|polityka prywatności|wszelkie prawa zastrzeżone|regulamin|kontakt|o nas|reklama|все права защищены|политика конфиденциальности|пользовательское соглашение|контакты|о нас|о проекте|реклама|редакция|реклама на сайте|всі права захищені|політика конфіденційності|контакти|про нас|všechna práva vyhrazena|ochrana osobních údajů|inzerce|všetky práva vyhradené|tüm hakları saklıdır|gizlilik politikası|iletişim|künye|hakkımızda|integritetspolicy|om oss|kontakta oss|personvern|annonsere|om os|privatlivspolitik|tietosuoja|yhteystiedot|όροι χρήσης|πολιτική απορρήτου|επικοινωνία|adatvédelem|impresszum|minden jog fenntartva|kapcsolat|politica de confidențialitate|termeni și condiții|toate drepturile rezervate|всички права запазени|sva prava pridržana|sva prava zadržana|uvjeti korištenja|kebijakan privasi|tentang kami|hubungi kami|pedoman media siber|chính sách bảo mật|liên hệ|giới thiệu|プライバシーポリシー|利用規約|お問い合わせ|会社概要|運営会社|著作権|关于我们|联系我们|版权所有|免责声明|隐私政策|關於我們|聯絡我們|版權所有|隱私權政策|이용약관|개인정보처리방침|회사소개|저작권자|무단전재|جميع الحقوق محفوظة|سياسة الخصوصية|من نحن|اتصل بنا|شروط الاستخدام|درباره ما|تماس با ما|כל הזכויות שמורות|תנאי שימוש|צור קשר|אודות|นโยบายความเป็นส่วนตัว|ติดต่อเรา|เกี่ยวกับเรา`,
  /** Offers: letters, subscriptions, apps, accounts. */
  offers: `subscribe|subscribe now|subscribe to|subscribe today|sign up|sign up for|sign up to|sign up now|signup|newsletter|newsletters|get our|get the latest|get updates|stay updated|stay up to date|stay informed|stay connected|join us|join our|join now|register|register now|log in|login|sign in|my account|download|download our|download the app|download now|get the app|our app|support us|donate|donate now|become a member|already a subscriber|already have an account|start your free trial|free trial|try|get started|learn more|shop now|buy now|add to cart|book now|enter your email|your email|email address|first name|last name|submit|your inbox|gift|unlock|this article is|to continue reading|limited time|enable notifications|turn on|notifications|make a donation|request a demo|book a demo|contact sales|talk to|schedule a|click here|find out more
|abonnieren|jetzt abonnieren|newsletter abonnieren|jetzt anmelden|anmelden|registrieren|kostenlos|jetzt testen|mehr erfahren|abo|einloggen|zum newsletter|s'abonner|s’abonner|abonnez-vous|inscrivez-vous|je m'abonne|je m’abonne|se connecter|connexion|s'inscrire|en savoir plus|recevez|télécharger|suscríbete|suscribirse|suscripción|regístrate|inicia sesión|iniciar sesión|boletín|descarga|assine|assine já|inscreva-se|cadastre-se|receba|entrar|iscriviti|abbonati|accedi|registrati|scopri di più|abonneer|schrijf je in|inloggen|aanmelden|zapisz się|zaloguj|zaloguj się|subskrybuj|prenumerata|zarejestruj się|подписаться|подпишитесь|подписка|войти|регистрация|рассылка|скачать|підписатися|підписуйтесь|увійти|реєстрація|přihlásit|přihlásit se|předplatné|odebírat|registrace|prihlásiť|abone ol|giriş yap|üye ol|prenumerera|logga in|bli medlem|logg inn|abonner|bestill|log ind|tilaa|kirjaudu|εγγραφή|σύνδεση|feliratkozás|előfizetés|bejelentkezés|abonează-te|autentificare|абонирай се|вход|prijava|prijavi se|pretplati se|daftar|masuk|berlangganan|đăng ký|đăng nhập|ログイン|会員登録|無料会員登録|登録|メルマガ登録|登录|注册|订阅|下载|登入|註冊|訂閱|로그인|회원가입|구독|구독하기|تسجيل الدخول|اشترك|اشترك الآن|הרשמה|התחברות|เข้าสู่ระบบ|สมัครสมาชิก`,
  /** Moving about the site. */
  navigation: `home|homepage|menu|main menu|skip to content|skip to main content|skip to navigation|search|search for|close|open|back|back to top|top|next|news|sports|sport|business|politics|opinion|video|videos|photos|gallery|podcasts|live|world|local|weather|entertainment|lifestyle|health|technology|tech|science|travel|culture|more|all|sections|edition|show more|see more|see all|view all|load more|read full|toggle|expand|hide|go to|jump to|table of contents|contents|in this article|on this page|loading|please wait|advertisement|ad|ads|sponsored|sponsored content|paid content|story continues below|article continues below|scroll to continue|english|language|select|breadcrumb|you are here|shop|store|events|archive|archives|listen|listen to this article|play|pause|mute
|startseite|menü|suche|zum inhalt springen|zum inhalt|nach oben|zurück|weiter|anzeige|werbung|schließen|mehr anzeigen|nachrichten|politik|wirtschaft|inhaltsverzeichnis|accueil|menu principal|rechercher|recherche|aller au contenu|fermer|retour|haut de page|publicité|suite|sommaire|actualités|inicio|menú|buscar|búsqueda|saltar al contenido|ir al contenido|cerrar|volver|anuncio|noticias|índice|início|busca|pesquisar|ir para o conteúdo|fechar|voltar|notícias|anúncio|continua após a publicidade|vai al contenuto|cerca|chiudi|torna su|indietro|annuncio|notizie|zoeken|naar de inhoud|sluiten|terug|nieuws|advertentie|strona główna|szukaj|przejdź do treści|zamknij|wróć|wiadomości|главная|меню|поиск|закрыть|назад|наверх|новости|реклама|головна|пошук|новини|domů|hledat|úvod|domov|hľadať|ana sayfa|anasayfa|arama|ara|haberler|hem|sök|meny|stäng|nyheter|hjem|søk|søg|forside|lukk|luk|annonse|annonce|etusivu|haku|valikko|uutiset|αρχική|αναζήτηση|μενού|κλείσιμο|kezdőlap|keresés|menü|bezárás|acasă|caută|meniu|начало|търсене|меню|naslovnica|traži|izbornik|vijesti|beranda|cari|trang chủ|tìm kiếm|ホーム|トップ|検索|メニュー|閉じる|一覧|広告|もっと見る|首页|搜索|菜单|关闭|返回|返回顶部|广告|首頁|搜尋|選單|關閉|廣告|홈|검색|메뉴|닫기|전체메뉴|광고|الرئيسية|بحث|القائمة|إغلاق|أخبار|صفحه اصلی|جستجو|ראשי|חיפוש|תפריט|סגור|דף הבית|หน้าแรก|ค้นหา|เมนู`,
  /** Who wrote it, told at the end. */
  bio: `about the author|about the writer|about author|author|written by|the author is|the writer is|meet the author|view all posts by|view all posts|all posts by|more by|posts by|follow the author|about the company|about our|editor|contributor|staff writer|reporter|zur person|über den autor|über die autorin|der autor|die autorin|à propos de l'auteur|à propos de l’auteur|l'auteur|sobre el autor|acerca del autor|sobre a autora|sobre o autor|l'autore|informazioni sull'autore|over de auteur|o autorze|об авторе|про автора|o autorovi|yazar hakkında|om författaren|om forfatteren|この記事を書いた人|著者|執筆者|作者|作者简介|責任編輯|责任编辑|编辑|기자`,
  /** Where a picture is from, or what it shows. */
  picture: `photo|photos|photo by|photo credit|photograph|photograph by|image|image credit|image source|images|image by|image via|picture|pictured|file photo|file|credit|courtesy|courtesy of|getty images|ap photo|reuters|afp|shutterstock|istock|illustration|infographic|video by|screenshot|representational image|caption|source|click to enlarge|view gallery|foto|fotos|bild|bilder|bildquelle|symbolbild|archivbild|archivfoto|grafik|quelle|imago|picture alliance|dpa|crédit photo|crédits photo|crédit|illustration|archives|fotografía|imagen|foto de archivo|crédito|imagem|divulgação|reprodução|crédits|immagine|beeld|foto ilustracyjne|zdjęcie|źródło|fot|фото|фотография|изображение|иллюстрация|источник|фото из|джерело|snímek|zdroj|ilustrační foto|fotoğraf|kaynak|kuva|φωτογραφία|φωτό|πηγή|fotó|forrás|sursa|sursă foto|снимка|източник|izvor|sumber|ảnh|nguồn|写真|画像|出典|提供|图|图片|图源|来源|圖|圖片|資料圖|圖源|사진|출처|자료사진|صورة|المصدر|عکس|منبع|צילום|ภาพ|ที่มา`,
  /** Opens a byline. */
  byline: `by|written by|posted by|published by|reported by|words by|story by|reporting by|writing by|von|par|por|da|di|door|autor|autora|auteur|autore|автор|текст|av|af|kirjoittanut|yazan|от|aŭtoro|szerző|de|text|tekst|文|撰文|記者|记者|作者|著者|文／|글|كتب|بقلم|نوشته|מאת|โดย`,
  /** Opens or accompanies a date. */
  stamp: `published|published on|posted|posted on|updated|updated on|last updated|last modified|modified|first published|date|created|issued|published at|min read|minutes read|minute read|reading time|veröffentlicht|aktualisiert|stand|erstellt|zuletzt aktualisiert|lesezeit|publiziert|uhr|publié|publié le|mis à jour|mise à jour|modifié le|temps de lecture|publicado|publicado el|actualizado|actualizada|fecha|tiempo de lectura|publicado em|atualizado|atualizado em|tempo de leitura|pubblicato|pubblicato il|aggiornato|ultimo aggiornamento|gepubliceerd|gepubliceerd op|bijgewerkt|laatst bijgewerkt|leestijd|opublikowano|aktualizacja|data publikacji|dodano|опубликовано|обновлено|дата|дата публикации|изменено|опубліковано|оновлено|publikováno|aktualizováno|vydáno|publikované|yayınlanma|yayın tarihi|güncelleme|güncellendi|giriş tarihi|publicerad|uppdaterad|publisert|oppdatert|publiceret|opdateret|julkaistu|päivitetty|δημοσίευση|ενημέρωση|τελευταία ενημέρωση|frissítve|megjelent|publicat|actualizat|публикувано|обновена|objavljeno|ažurirano|diterbitkan|diperbarui|cập nhật|đăng|公開日|公開|更新|更新日|最終更新|発行|配信|发布|发布时间|发表于|更新时间|時間|发布日期|發布|更新於|입력|수정|승인|등록|نشر|تاريخ النشر|آخر تحديث|تم النشر|تاریخ انتشار|פורסם|עודכן|เผยแพร่|อัปเดต`,
} as const satisfies Record<string, string>;

export type Purpose = keyof typeof VOCABULARY;

export const PURPOSES = Object.keys(VOCABULARY) as Purpose[];

const BITS = Object.fromEntries(PURPOSES.map((purpose, index) => [purpose, 1 << index])) as Record<Purpose, number>;

/** The bit of a purpose in a {@link Wording}. */
export function bitOf(purpose: Purpose): number {
  return BITS[purpose];
}

/** What a line's opening words say it is for: bit sets over {@link PURPOSES}. */
export interface Wording {
  /** Purposes of phrases the line begins with. */
  begins: number;
  /** Purposes of phrases the line consists of, numbers and punctuation aside. */
  whole: number;
}

/** Marks words that open a longer phrase; most lines begin with none, and need no second look. */
const GOES_ON = 1 << 30;

/** Phrases of spaced scripts by the hash of their words; those of other scripts as they are written. */
const { spaced, unspaced, mostWords, mostUnits } = readVocabulary();
/** Characters of a line that may say as a whole what it is for. */
const WHOLE_CHARACTERS = 120;
const COPYRIGHT_SIGN = 0xa9;

function readVocabulary() {
  const bits = new Map<number, number>();
  const written = new Map<string, number>();
  let longest = 0;
  for (const purpose of PURPOSES) {
    for (const entry of VOCABULARY[purpose].split('|')) {
      const phrase = entry.replace(/\n/g, '').trim();
      if (isUnspaced(phrase.charCodeAt(0))) {
        written.set(phrase, (written.get(phrase) ?? 0) | bitOf(purpose));
        continue;
      }
      const words = hashesOf(phrase);
      if (words.length === 0) continue;
      let hash = words[0] as number;
      for (const next of words.slice(1)) {
        bits.set(hash, (bits.get(hash) ?? 0) | GOES_ON);
        hash = hashPair(hash, next);
      }
      bits.set(hash, (bits.get(hash) ?? 0) | bitOf(purpose));
      longest = Math.max(longest, words.length);
    }
  }
  const mostUnits = Math.max(...[...written.keys()].map((phrase) => phrase.length));
  return { spaced: new HashedValues(bits), unspaced: written, mostWords: longest, mostUnits };
}

/**
 * Looks the opening words of a line up.
 *
 * @param from index of the line's first word
 * @param end index after its last
 */
export function wordingOf(text: string, words: WordList, from: number, end: number): Wording {
  const { hashes, kinds } = words;
  let begins = text.charCodeAt(0) === COPYRIGHT_SIGN ? bitOf('legal') : 0;
  let whole = 0;
  // A count before it does not change what a line is for: "3 comments".
  const first = end - from > 1 && kinds[from] === WORD_KIND.number ? from + 1 : from;
  let last = end;
  while (last > first && kinds[last - 1] === WORD_KIND.number) last--;
  let phrase = 0;
  for (let i = first; i < Math.min(end, first + mostWords); i++) {
    phrase = i === first ? (hashes[i] as number) : hashPair(phrase, hashes[i] as number);
    const found = spaced.get(phrase);
    begins |= found;
    if (i + 1 >= last && text.length <= WHOLE_CHARACTERS) whole |= found;
    if ((found & GOES_ON) === 0) break;
  }
  if (isUnspaced(text.charCodeAt(0))) {
    for (let units = 1; units <= Math.min(mostUnits, text.length); units++) {
      const found = unspaced.get(text.slice(0, units));
      const ends = units === text.length || classOf(text.charCodeAt(units)) > CLASS.digit;
      if (found === undefined || (units === 1 && !ends && text.length > 6)) continue;
      begins |= found;
      if (ends && text.length - units <= 4) whole |= found;
    }
  }
  return { begins: begins & ~GOES_ON, whole: whole & ~GOES_ON };
}
