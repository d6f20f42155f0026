"""What newsletters say of themselves in many languages: how to leave, where to read them, please confirm."""

import re


def _any(text: str) -> re.Pattern[str]:
    return re.compile("|".join(line.strip() for line in text.strip().splitlines()), re.IGNORECASE)


LEAVING = _any(
    r"""
    \bunsubscribe
    \bopt[ -]out\b
    (?:manage|update|change|edit) (?:your |my )?(?:e-?mail )?(?:preferences|subscriptions?|profile)
    (?:e-?mail|subscription|notification) (?:preferences|settings)
    \bstop receiving
    you(?:’|')?(?:re| are) receiving this
    you received this (?:e-?mail|message|newsletter)
    this (?:e-?mail|message) was sent (?:to|by)
    add us to your address book
    all rights reserved
    forward(?:ed)? (?:this|to a friend)
    was this forwarded
    newsletter abbestellen
    \babmelden\b
    \babbestellen\b
    sie erhalten diese
    alle rechte vorbehalten
    se désabonner
    désinscri
    désabonn
    vous recevez ce(?:t| courriel| message)
    tous droits réservés
    darse de baja
    cancelar (?:la|tu|su) suscripci
    dar(?:me)? de baja
    recib(?:es|e) este (?:correo|mensaje)
    todos los derechos reservados
    отписаться
    отказаться от (?:рассылки|подписки)
    вы получили это
    все права защищены
    відписатися
    скасувати підписку
    ви отримали це
    усі права захищено
    إلغاء الاشتراك
    لإلغاء اشتراكك
    تتلقى هذه الرسالة
    جميع الحقوق محفوظة
    להסרה מרשימת
    ביטול הרישום
    הסרה מהרשימה
    כל הזכויות שמורות
    abonelikten (?:çık|ayrıl)
    üyelikten çık
    bu e-?postayı .{0,40}alıyorsunuz
    tüm hakları saklıdır
    abunəlikdən (?:çıx|imtina)
    abunəliyi ləğv
    bütün hüquqlar qorunur
    配信停止
    購読(?:を)?(?:解除|停止)
    登録解除
    退订
    取消订阅
    退訂
    取消訂閱
    版权所有
    版權所有
    """
)
"""Lines of which a mail's foot is made."""

VIEWING = _any(
    r"""
    (?:view|read|open|see|display)(?:ing)? (?:(?:this|it|the|e-?mail|message|newsletter|issue|post) ){0,4}online
    (?:view|read|open|see) (?:this |it |the )?(?:e-?mail |message |newsletter |issue |post )?in (?:app|browser)
    (?:view|read|open|see|display)(?:ing)? (?:(?:this|it|the|e-?mail|message|newsletter|issue|post) ){0,4}on the web
    (?:in|with) (?:your|a|the) (?:web ?)?browser
    web version
    online version
    browser version
    (?:trouble|problems?) (?:viewing|reading)
    not display(?:ed|ing) (?:correctly|properly)
    view in browser
    im browser (?:ansehen|anzeigen|öffnen|lesen)
    online-?(?:version|ansicht)
    webansicht
    (?:dans|avec) (?:le|votre|un) navigateur
    version en ligne
    (?:voir|lire) en ligne
    en (?:el|tu|su|un) navegador
    versi[oó]n (?:web|online|en l[ií]nea)
    ver en l[ií]nea
    (?:в|у) браузер[еі]
    веб-?верси
    веб-?версі
    онлайн-?верси
    في المتصفح
    النسخة الإلكترونية
    عرض على الويب
    בדפדפן
    גרסת האינטרנט
    tarayıcı(?:da|nızda)
    web sürümü
    brauzer(?:də|inizdə)
    veb versiya
    ブラウザで
    ウェブ(?:で|版)
    web版
    (?:在|用|于|於)?浏览器(?:中)?(?:查看|阅读|打开)
    (?:在|用|於)?瀏覽器(?:中)?(?:查看|檢視|閱讀|開啟)
    网页版
    網頁版
    """
)
"""Lines that lead to the page a mail can be read on."""

CONFIRMING = _any(
    r"""
    (?:confirm|verify|activate|validate|complete) (?:your |the |my )?(?:e-?mail|subscription|sign-?up|address|account)
    (?:confirm|verify|activate|validate|complete) (?:your |the |my )?(?:registration|newsletter)
    (?:please|to) confirm
    confirm (?:that )?you
    confirmation (?:required|needed)
    opt-?in confirm
    subscription confirmation
    (?:anmeldung|abonnement|e-?mail-?adresse|registrierung|newsletter).{0,30}bestätigen
    bestätigen sie
    bestätige deine
    bitte bestätig
    confirme[rz] (?:votre|ton|l['’])
    confirmation de (?:votre )?(?:inscription|abonnement)
    veuillez confirmer
    confirm(?:a|e|ar) (?:tu|su|la) (?:suscripci|correo|direcci|registro)
    confirma(?:ci[oó]n)? de (?:tu |su )?suscripci
    подтвер(?:дите|ждение|дить).{0,30}(?:подписк|адрес|почт|email|e-mail|регистрац)
    підтверд(?:іть|ження|ити).{0,30}(?:підписк|адрес|пошт|реєстрац)
    تأكيد (?:اشتراك|بريد|التسجيل|الاشتراك)
    (?:يرجى|الرجاء) تأكيد
    أكّ?د اشتراكك
    אישור (?:הרשמה|מנוי|כתובת)
    (?:נא|אנא) לאשר
    אשרו? את
    abonel(?:ik|iği).{0,30}onay
    onaylay(?:ın|ınız)
    abunəli.{0,30}təsdiq
    təsdiq(?:ləyin| edin)
    (?:登録|購読|メールアドレス).{0,12}(?:確認|認証)
    ご確認ください
    确认(?:您的|你的)?(?:订阅|邮箱|电子邮件|注册)
    確認(?:您的|你的)?(?:訂閱|信箱|電子郵件|註冊)
    验证(?:您的|你的)?邮箱
    """
)
"""What a mail says that asks whether a subscription is wanted."""
