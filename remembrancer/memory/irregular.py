"""Irregular forms of English words, which no stemmer joins with the word they are forms of.

Only forms that are hardly ever another word are listed: ``left`` is nearly always of ``leave`` in minutes,
while ``found`` and ``saw`` are words of their own.
"""

FORMS = """
arise arose arisen; awake awoke; become became; begin began begun; bend bent; bring brought; build built; buy bought;
catch caught; child children; choose chose chosen; come came; deal dealt; draw drew drawn; drive drove driven;
fall fell fallen; feel felt; fight fought; foot feet; forbid forbade forbidden; foresee foresaw foreseen;
forget forgot forgotten; freeze froze frozen; give gave given; go went gone; grow grew grown; hear heard; hold held;
keep kept; know knew known; lay laid; lead led; leave left; lend lent; lose lost; make made; man men; mean meant;
meet met; mislead misled; oversee oversaw overseen; pay paid; prove proven; rebuild rebuilt; resell resold;
rise rose risen; run ran; say said; see seen; seek sought; sell sold; send sent; shake shook shaken; show shown;
sit sat; speak spoke spoken; spend spent; stand stood; steal stole stolen; swear swore sworn; take took taken;
teach taught; tell told; think thought; throw threw thrown; tooth teeth; undergo underwent undergone;
understand understood; undertake undertook undertaken; uphold upheld; win won; withdraw withdrew withdrawn;
withhold withheld; woman women; write wrote written
"""

ENGLISH = {
    form: word for word, *forms in (line.split() for line in FORMS.replace("\n", " ").split(";")) for form in forms
}
"""Each irregular form with its word."""
