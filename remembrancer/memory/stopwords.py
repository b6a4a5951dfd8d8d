"""Words of a question that ask rather than name: dropped, or looked for without being needed.

``STOP`` are grammar and question words. ``OFFICE`` are the words any body uses of itself and its acts: a
passage with them ranks higher, but its lack of them proves nothing.
"""

from __future__ import annotations

STOP: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """a about above after again against all also am an and any anybody anyone anything are aren't as at be because became become been before
            being below between both but by can can't cannot could couldn't did didn't do does doesn't doing
            don't down during each ever everybody everyone few first for from further get give got had has have having he her here
            hers him his how i if in into is isn't it it's its itself just last let like made make many may me
            mention mentioned might more most much must my no nobody nor not of off on once one only or other ought our
            out over own please put record said same say says saying shall she should so some somebody someone something still such take
            tell than that that's the their them then there these they thing things think this those thought
            through to too under until up upon us use very want was wasn't we were what what's when where
            whether which while who who's whom whose why will with won't would you your mr mrs ms dr sir cllr
            councillor""",
        "de": """aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da dabei damit
            danach dann daran darauf darüber das dass dazu dein dem den denn der des dessen die dies diese diesem
            diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas für gab gegen
            gegenüber gibt haben hat hatte hatten ich ihm ihn ihr ihre im in ist ja jede jeder jedes jetzt kann
            kein keine konnte können man mehr mich mir mit muss nach nicht noch nun nur ob oder ohne sagt sagte
            sagten sehr sein seine sich sie sind so soll sollte über um und uns unter viel vom von vor wann war
            waren warum was weil welche welchem welchen welcher welches wenn wer wem wen wer werden wessen wie
            wieso wieviel wieviele wird wo wurde wurden zu zum zur herr frau""",
        "fr": """à ai au aux avait avec avez avoir ce ceci cela celle celui ces cet cette combien comme comment dans
            de depuis des dit dont du elle elles en entre est et étaient était été être eu fait furent fut il ils
            j je l la le les leur leurs lors lui mais même n ne nos notre nous on ont ou où par parce pas pendant
            plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si son sont
            sous sur ta te tu un une vos votre vous y m mme d c""",
        "es": """a al algo ante aquel como cómo con contra cual cuál cuáles cuando cuándo cuanto cuánto cuántos de
            del desde dice dijo dijeron donde dónde dos durante e el él ella ellos en entre era eran es esa ese
            eso esta está estaba este esto fue fueron ha había han hasta hay hizo la las le les lo los más me mi
            mucho muy no nos o otro para pero por porque que qué quien quién quiénes se sea ser si sí sin sobre
            son su sus también te tiene un una uno y ya señor señora""",
        "pt": """a ao aos aquele as às até com como da das de dele depois do dos e é ela ele eles em entre era esse
            esta está este eu foi foram há isso isto já lhe mais mas me mesmo muito na não nas nem no nos o onde
            os ou para pela pelas pelo pelos por porque porquê qual quais quando quanto quantos que quê quem se
            sem ser seu seus sobre só sua suas também te tem tinha um uma disse disseram senhor senhora""",
        "gl": """a á ao aos as ás até ata co coa como con cando canto cantos cal cales da das de del do dos e é ela
            el eles en entre era esa ese esta está este eu foi foron hai isto máis mais me moi na nas nin no non
            nos o onde os ou para pola polas polo polos por porque que quen se sen ser seu seus sobre só súa
            súas tamén te ten un unha dixo dixeron señor señora""",
        "it": """a ad ai al alla alle anche che chi ci come con cosa cui da dal dalla dei del della delle di disse
            detto dove e è ed era erano fu gli ha hanno i il in io l la le lo loro ma nei nel nella non o per
            perché più quale quali quando quanto quanti questa questo se si sono su sua sul sulla suo tra un una
            uno""",
        "nl": """aan al als bij dan dat de der deze die dit door dus een en er geen had hadden heb hebben heeft het
            hij hoe hoeveel hun ik in is je kan maar me met mijn na naar niet nog nu of om omdat ons ook op over
            te ten tot u uit van voor waar waarom wanneer waren was wat we welk welke wel werd werden wie wij zal
            ze zei zich zij zijn zo zou""",
    }.items()
}

OFFICE: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """agree agreed agreement approve approved asked board body chair committee council decide decided
            decision decisions discuss discussed discussion group happen happened meeting meetings member members
            minutes opinion parliament people propose proposed resolution resolve resolved session sitting speak
            spoke talk talked team topic view views vote voted""",
        "de": """ausschuss beschließen beschloss beschluss beschlüsse beschlossen bürgermeister debatte diskutiert
            entscheiden entschied entschieden entscheidung gemeinderat gremium meinung mitglied mitglieder rat
            rates sitzung sitzungen stadtrat stadtrates thema vorsitzende vorsitzender abstimmung gestimmt""",
        "fr": """assemblée avis commission comité conseil décidé décision décisions discussion discuté membres
            réunion séance vote voté président""",
        "es": """acuerdo acordó aprobó ayuntamiento comisión comité consejo debate decidió decisión decisiones
            miembros opinión pleno presidente reunión sesión votó""",
        "pt": """acordo aprovou assembleia câmara comissão comité conselho debate decidiu decisão decisões membros
            opinião presidente reunião sessão votou""",
        "gl": """acordo aprobou cámara comisión comité consello debate decidiu decisión membros opinión parlamento
            presidente reunión sesión votou""",
        "it": """assemblea commissione comitato consiglio deciso decisione discussione membri opinione presidente
            riunione seduta votato""",
        "nl": """bestuur besluit besloten besluiten commissie discussie gemeenteraad leden mening raad vergadering
            voorzitter gestemd""",
    }.items()
}
