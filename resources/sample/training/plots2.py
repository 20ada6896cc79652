# SPDX-License-Identifier: GPL-3.0-or-later
"""Plots about people and animals: rescues, contests, hiding, fear, friendship, school, sickness, treasure, trips."""
import words
from grammar import expand
from rules import RULES


def _lesson(s, *options):
    s.set(lesson={"n": s.rng.choice(options)})


def rescue(s):
    """An animal is stuck for a reason; a first try fails for a reason; the second one works."""
    where, cause, tool, fail = s.rng.choice((
        ("on top of a tall tree", "it had climbed too high", "ladder", "the branches were too thin"), ("in a deep hole", "the ground had given way", "rope", "the hole was too deep"),
        ("in the cold water", "the ice had broken", "net", "the water was too cold"), ("behind a heavy stone", "the stone had rolled down the hill", "shovel", "the stone was too heavy"),
        ("under a fence", "it had tried to reach the cabbages", "saw", "the wire was too tight"), ("on the roof", "the wind had slammed the window", "ladder", "the roof was too steep"),
        ("in a thorn bush", "it had fled from a dog", "coat", "the thorns were too sharp"), ("down in the well", "the lid had been left open", "bucket", "the walls were too slippery")))
    animal = s.rng.choice(list(words.ANIMALS))
    s.set(a={"n": animal, "adj": s.rng.choice(words.COLOURS)}, where={"n": where}, cause={"n": cause}, tool={"n": tool}, fail={"n": fail})
    _lesson(s, "the weak need the strong, and the strong need a good idea", "kindness always comes back", "no cry for help should go unheard")
    s.say("<opening> {h} and {f} <go> <way>. <time_passes> they heard a thin cry.", "<opening> {h} was on the way to {p} when {h.he} heard somebody cry.")
    s.say("It was a <size> {a.adj} {a}. It sat {where}, because {cause}.", "A {a.adj} {a} was caught {where}. {cause}.", "{where} sat a {a.adj} {a} and trembled. How had it got there? {cause}!")
    s.colour_in(0.73)
    s.say('"We must help it," <said> {h}.', '"Poor {a}!" <said> {f}<tone2>. "What can we do?"'.replace("<tone2>", ""), "{h} {t.deed}.")
    s.say("First {h} tried it with bare hands, but {fail}.", "{f} tried first. But {fail}, and {f.he} had to give up.", "They pulled and pushed, but {fail}.")
    s.paragraph()
    s.say("Then {h} ran to {e} and borrowed a {tool}.", '"We need a {tool}," <said> {f}, and {h} <go> to {e} to fetch one.', "Luckily {e} came by with a {tool} on {e.his} shoulder.")
    s.say("With the {tool} it was [easy|not hard|still hard work]. <time_passes> the {a} was free.", "They used the {tool} <manner>, and after <few> minutes {h} held the {a.adj} {a} in {h.his} arms.", "{e} held the {tool}, {f} gave directions, and {h} brought the {a} to safety.")
    s.say("The {a} was hungry, so they gave it <foods> and water.", "{f} dried the {a} with <np2>.".replace("<np2>", "a <colour> [towel|scarf|blanket]"), "The {a} [licked {h}'s hand|looked back once|made a happy noise] and ran away.", "From then on the {a.adj} {a} followed {h} everywhere.")


def contest(s):
    """A race or a show with several who take part; who wins has a reason, places are kept in order."""
    what, deed, reason, fault = s.rng.choice((
        ("race", "ran", "had trained every morning", "stopped to tie a shoe"), ("baking contest", "baked", "had used fresh butter", "forgot the sugar"), ("swimming race", "swam", "knew the river well", "swam in the wrong direction"),
        ("singing contest", "sang", "had practised with the birds", "had a sore throat"), ("kite contest", "flew a kite", "had built a long tail", "let go of the string"), ("sack race", "hopped", "took small steps", "fell over a stone"),
        ("drawing contest", "drew", "had looked very closely", "spilled the ink"), ("boat race", "rowed", "kept the rhythm", "lost an oar"), ("pumpkin show", "brought a pumpkin", "had watered it every day", "dropped the pumpkin")))
    order = ["h", "f", "g"]
    s.rng.shuffle(order)
    s.facts.update(w1=s.facts[order[0]], w2=s.facts[order[1]], w3=s.facts[order[2]], c={"n": what, "deed": deed, "why": reason, "fault": fault})
    s.set(o=s.thing("treasure"))
    _lesson(s, "practice beats luck", "losing is not the end of the world", "a good winner thanks the others", "boasting does not make anybody faster")
    s.say("<opening> there was a {c} {p.at}. The prize was {o.a}.", "Every year in {month} there was a {c} {p.at}. This time the winner would get {o.a}.")
    s.say("{h}, {f} and {g} wanted to take part.", "Three of them took part: {w3}, {w1} and {w2}.", '"I will win {o.the}," <said> {w3}. {w2} and {w1} said nothing.')
    s.by("w3", "w1")
    s.colour_in(0.85)
    s.say("{e} rang the bell, and the {c} began.", '"Ready, steady, go!" called {e}.', "{e} raised a <colour> flag, and they started.")
    s.say("At first {w3} was in front.", "{w3} {c.deed} <manner>, {w2} {c.deed} <manner>, and {w1} {c.deed} <simile>.", "{w1} and {w2} {c.deed} side by side.", "{h} {t.deed}.")
    s.paragraph()
    s.say("But then {w3} {c.fault}.", "<time_passes> {w3} {c.fault} and fell behind.", "{w3} laughed too early and {c.fault}.")
    s.say("{w1} won, because {w1.he} {c.why}. {w2} came second and {w3} third.", "In the end {w1} was first, {w2} was second and {w3} was third. {w1} {c.why}.", "Nobody was better than {w1}, who {c.why}. {w2} came in second, and last was {w3}.")
    s.say("{e} gave {o.the} to {w1}, and everybody clapped.", "So {w1} got {o.full}. \"Well done!\" <said> {w2}.")
    s.by("w1", "w3")
    if s.rng.random() < 0.6:
        s.say("{w3} was <bad_feeling>, but {w1} let {w3.him} hold {o.the} for a while.", '"Next year I will practise more," <said> {w3}. "I will help you," <said> {w1}.', "{w1} shared <dish> with {w2} and {w3}.")


def hide(s):
    """Hide and seek: who hides where is said first and found later; the rest is counted."""
    n = s.number(3, 4)
    names = [s.facts["f"], s.facts["g"]] + [s.somebody() for _ in range(n - 2)]
    spots = s.spots[:n]
    s.count(to=(s.rng.choice((10, 20, 30, 50)), "second"), left=(n, "friend"))
    _lesson(s, "the best hiding place is the one in plain sight", "it is good to be found", "whoever giggles is found first")
    s.facts.update({"k%d" % i: who for i, who in enumerate(names)})
    s.say("<opening> {h} played hide and seek with " + ", ".join("{k%d}" % i for i in range(n - 1)) + " and {k%d} {p.at}." % (n - 1))
    s.say("{h} had to [seek|look for the others]. {h.He} closed {h.his} eyes and counted to {to}.", '{h} leaned against a wall and counted: "One, two, three ..." up to {to}.')
    places = list(zip(range(n), spots))
    for i, spot in places:
        s.set(spot={"n": spot})
        s.facts["w"] = names[i]
        s.say("{w} hid {spot}.", "{w} chose a place {spot}.", "{w} <go> away and crouched {spot}.", "{w} crept {spot} and held {w.his} breath.")
        s.by("w", "h")
        s.colour_in(0.63)
    s.paragraph()
    s.say('"{to}! I am coming!" called {h}.', "Then {h} opened {h.his} eyes and began to search.")
    s.rng.shuffle(places)
    for step, (i, spot) in enumerate(places):
        s.facts["w"] = names[i]
        s.set(spot={"n": spot})
        s.count(left=(n - step - 1, "friend"))
        s.say("{h} looked {spot} and found {w}.", '"I see you, {w}!" {h} called and pointed at the place {spot}.', "{w} sneezed {spot}, and {h} laughed. Found!", "A <colour> [shoe|scarf|sleeve] could be seen {spot}. It was {w}'s.", "{h} {t.deed}. Then {h.he} found {w} {spot}.")
        if step < n - 1:
            s.maybe(0.6, "Now only {left} [was|were] left.".replace("[was|were]", "was" if n - step - 1 == 1 else "were"), "That left {left.of}.")
        s.by("h")
        s.colour_in(0.63)
    s.say("So all of them were found, and {w} had hidden best, because {w.he} was found last.", "Last of all was {w}, so {w} won the game.")


def noise(s):
    """A strange noise at night with a harmless cause."""
    sound, guess, cause, cure = s.rng.choice((
        ("a knocking", "a ghost", "a branch that hit the window", "cut the branch"), ("a scratching", "a monster", "a hedgehog under the floor", "gave it some milk"), ("a howling", "a wolf", "the wind in the chimney", "closed the chimney"),
        ("a rattling", "a thief", "a loose shutter", "fastened the shutter"), ("a dripping", "footsteps", "a hole in the roof", "put a bucket under it"), ("a squeaking", "a witch", "a <colour> kitten in a basket", "took it into the warm bed"),
        ("a rumbling", "a dragon", "{f}'s empty stomach", "fetched <dish> from the kitchen"), ("a humming", "a spirit", "an old music box", "put it back on the shelf"), ("a snoring", "a bear", "{e} asleep in the armchair", "put a blanket over {e.him}")))
    s.set(sound={"n": sound}, guess={"n": guess}, cause={"n": cause}, cure={"n": cure}, lamp=s.thing("tool"))
    _lesson(s, "most monsters become small in the light", "fear grows in the dark and shrinks in the light", "it is better to look than to guess")
    s.say("One night {h} could not sleep. Again and again there was {sound}.", "It was [midnight|very late|<few> o'clock in the night], and the moon was [hidden|high|round]. {h} woke up because of {sound}.", "<opening> {f} stayed the night at {h}'s home. When everybody was asleep, they heard {sound}.")
    s.say('"[That is|It must be] {guess}," whispered {f}.', "{h} thought of {guess} and pulled the blanket over {h.his} head.", '"Do you hear that?" <asked> {f}. "Maybe it is {guess}."')
    s.colour_in(0.83)
    s.say("{h} {t.deed}.", "Then {h} lit a candle and took <np3> in {h.his} hand.".replace("<np3>", "a <colour> [umbrella|broom|spoon|slipper]"), "They held hands and crept down the stairs, <few> steps at a time.")
    s.say("The floor creaked. A shadow moved. It was only a <animal>.", "In the hall stood <np>, and it looked <simile>.", "The noise had to be very near now.", "There it was again: {sound}!")
    s.paragraph()
    s.say("{h} opened the door, and there it was: {cause}!", "They looked, and {f} began to laugh. It was not {guess} at all. It was {cause}.", '"Look," <said> {h}. "It is only {cause}."')
    s.say("{h} {cure}, and then it was quiet.", "So they {cure} and went back to bed.", "Together they {cure}.")


def new_friend(s):
    """Somebody new, alone at first; something in common; together at the end."""
    s.set(o=s.thing(s.rng.choice(("toy", "paper", "treasure"))))
    hobby = s.rng.choice(("drawing <animals>", "collecting <count_things>", "singing", "reading about <animals>", "climbing trees", "making paper boats", "watching the stars", "playing the flute", "cooking", "telling jokes", "growing <foods>"))
    s.set(hob={"n": expand(hobby, s.rng, RULES, s.facts)})
    _lesson(s, "every friend was once a stranger", "one small word can open a door", "it is worth saying hello first")
    s.say("<opening> somebody new came to {p}. {g.His} name was {g2}.".replace("{g2}", "{g}"), "A new family moved into the <colour> house. The youngest was called {g}.") if not s.animal_tale else s.say("<opening> a <size> {g.kind} came to {p}. Nobody knew {g.him}.")
    s.say("{g} sat alone {spot} and held {o.a}.".replace("{spot}", s.spots[0]), "{g} stood at the gate with {o.a} and did not say a word.", "Nobody talked to {g}. {g.He} looked <bad_feeling> and played with {o.the}.")
    s.by("h")
    s.colour_in(0.83)
    s.say('"Who is that?" <asked> {f}. "[I do not know|Somebody new]," <said> {h}. "[Let us ask|Let us say hello|Somebody should say hello]."', "{h} wanted to say hello, and {h.he} {t.deed}.", '{f} laughed at {o.the}. "That is not kind," <said> {h}.')
    s.paragraph()
    s.say('{h} <go> over and <said>, "My name is {h}. What do you like best?" "{hob}," <said> {g} quietly.', '"What a lovely {o.n}!" <said> {h}. {g} smiled for the first time. "I got it from my grandmother. She taught me {hob}."')
    s.say('"I love {hob} too!" cried {h}.', '"Really? {hob} is my favourite thing," <said> {h}.', '"{hob}? Can you teach me?" <asked> {h}. {g} nodded.')
    s.by("g", "h")
    s.colour_in(0.78)
    s.say("From then on {h}, {f} and {g} met every <day>.", "Soon {f} came too, and the three of them spent the whole {season} together.", "{g} was not alone any more. On <day> {h} and {g} began {hob} together, and {f} brought <dish>.")


def school(s):
    """A lesson with sums about legs, ducks and baskets; the answers are right."""
    s.here("the school")
    _lesson(s, "a question is never stupid", "numbers are everywhere", "it is fine to count on your fingers")
    s.say("<opening> {e} asked the class some questions.", "{h} sat next to {f} at school. <opening> they had numbers.", "<opening> the teacher was ill, so {e} came instead and wrote numbers on the blackboard.")
    s.colour_in(0.78)
    for _ in range(s.number(2, 4)):
        who = s.rng.choice("hfg")
        s.facts["w"] = s.facts[who]
        s.by("w", "h" if who != "h" else "f")
        style = s.number(0, 3)
        if style == 0:
            animal = s.rng.choice(list(words.LEGS))
            k = s.number(2, 9)
            s.count(k=(k, animal), a=(k * words.LEGS[animal], "leg"))
            question = "How many legs do {k.of} have?"
        elif style == 1:
            a, b = s.number(2, 30), s.number(2, 30)
            s.count(k=(a, "x"), j=(b, "x"), a=(a + b, "x"))
            question = "What is {k} and {j}?"
        elif style == 2:
            a = s.number(6, 40)
            b = s.number(1, a - 1)
            food = s.rng.choice(list(words.FOODS))
            s.count(k=(a, food), j=(b, food), a=(a - b, food))
            question = "There are {k.of} in a basket, and {j} [are eaten|fall out|are given away]. How many are left?" if b > 1 else "There are {k.of} in a basket, and one is eaten. How many are left?"
        else:
            a, b = s.number(2, 9), s.number(2, 9)
            s.count(k=(a, "x"), j=(b, "x"), a=(a * b, "x"))
            question = "What is {k} times {j}?"
        if s.rng.random() < 0.35:
            value = {0: lambda: k * words.LEGS[animal], 1: lambda: a + b, 2: lambda: a - b, 3: lambda: a * b}[style]()
            s.count(bad=(max(1, value + s.rng.choice((-2, -1, 1, 2))), "x"))
            s.say('"' + question + '" <asked> {e}. "{bad}," <said> {w}. "[Not quite|Almost|Think again]," <said> {e}. {w} counted on {w.his} fingers. "{a}!" "Right."')
        else:
            s.say('"' + question + '" <asked> {e}. "{a}," <said> {w}<tone3>. "[Right|Very good|Correct|Well done]," <said> {e}.'.replace("<tone3>", "[| at once| <manner>| without thinking| and smiled]"))
        s.maybe(0.3, "{w} drew <np> in {w.his} notebook.", "{f} looked out of the window at <np>.", "A <animal> looked in through the window, and everybody laughed.")
    s.paragraph()
    s.say("Then the bell rang, and the children <go> home <way>.", "When the bell rang, {h} knew that numbers could be fun.", "After the lesson they ate <dish> in the yard.")


def sick(s):
    """Somebody is ill for a reason; visits and medicine; better after counted days."""
    reason, ill = s.rng.choice((("had stood in the rain without a coat", "a cold"), ("had eaten too many <foods>", "a stomach ache"), ("had sung all day in the wind", "a sore throat"), ("had jumped from the wall", "a swollen foot"), ("had forgotten {f.his} scarf", "a cough"), ("had fallen into the cold pond", "a fever")))
    s.count(d=(s.number(2, 9), "day"), sp=(s.number(2, 5), "spoon"))
    s.set(why={"n": reason}, ill={"n": ill}, o=s.thing(s.rng.choice(("toy", "paper", "treasure"))))
    _lesson(s, "a visit is the best medicine", "health is worth more than gold", "it is wise to wear a scarf")
    s.say("<opening> {f} did not come out to play. {f.He} had {ill}, because {f.he} {why}.", "<opening> {h} knocked at {f}'s door. \"{f} has {ill},\" <said> {e}. \"{f.He} {why}.\"", "{f} {why}, and so {f.he} got {ill}.")
    s.say("{h} was <bad_feeling> and wanted to help.", '"Poor {f}!" <said> {h}. "I will bring {f.him} something."', "Without {f} the day was long. {h} {t.deed}.")
    s.say("So {h} packed <dish> and {o.a} and <go> <way> to {f}'s home.", "{h} took {o.a}, <few> <colour> flowers and <dish>, and visited {f}.")
    s.colour_in(0.83)
    s.paragraph()
    s.say("{f} lay in bed under <few> blankets. {f.His} nose was <simile_nose>.".replace("<simile_nose>", "[red|blue|as red as a <red_thing>]"), "{f} looked pale. \"I am so bored,\" {f.he} <said>.", '"I have {ill}," whispered {f}. "I know," <said> {h}. "That is why I came."')
    s.say("The doctor said: {sp.of} of medicine a day and no running.", "{e} brought {sp.of} of bitter medicine. {f} made a face, but swallowed it.", "{h} read aloud from a book about <animals>, and {f} held {o.the}.", "{h} told a joke about a <animal> and <np>. {f} laughed so much that the bed shook.")
    s.by("h")
    s.colour_in(0.73)
    s.say("After {d.of} {f} was healthy again.", "{d.of} later {f} stood at {h}'s door with {o.the}. \"I am well again!\" {f.he} <said>.", "Every day {h} came back, and after {d.of} {f} could get up.")


def treasure(s):
    """A map with steps and a riddle; each step is followed in its order."""
    places = s.rng.sample(list(words.JOURNEYS), 3)
    a, b = s.number(3, 30), s.number(3, 30)
    riddle, answer = s.rng.choice((("I have teeth but cannot bite", "a comb"), ("I have a face but no eyes", "a clock"), ("I run but have no legs", "a river"), ("The more you take away, the bigger I get", "a hole"), ("I have leaves but I am no tree", "a book"), ("I follow you all day and leave you at night", "a shadow"), ("I am full of holes but hold water", "a sponge"), ("I get wet while I dry", "a towel"), ("I have a neck but no head", "a bottle"), ("I go up but never come down", "your age")))
    s.count(a=(a, "step"), b=(b, "step"), n=(s.number(3, 40), s.rng.choice(("coin", "marble", "shell", "bead", "button"))))
    s.set(j1={"n": places[0]}, j2={"n": places[1]}, r={"n": riddle}, ans={"n": answer}, o=s.thing("treasure"), where={"n": s.rng.choice(("in an old book", "inside a bottle", "under the floor", "behind a picture", "in {e}'s coat", "in a hollow stick"))})
    _lesson(s, "the way can be better than the treasure", "two heads solve more riddles than one", "a treasure is only fun when it is shared")
    s.say("<opening> {h} found a map {where}.", "<opening> {h} and {f} found an old map {where}. It smelled of <bright>.".replace("<bright>", "[salt|smoke|dust|<foods>]"))
    s.say("It said: go {j1}, then {a.of} to the [north|east|south|west], then {j2}.", "Three things were written on it: first {j1}, then {a.of} straight on, then {j2}.")
    s.colour_in(0.78)
    s.say("They <go> {j1}. Then they counted {a.of} and came {j2}.", "So they went {j1}. {h} counted aloud up to {a}. At last they went {j2}.")
    s.paragraph()
    s.say('There stood a stone with a riddle: "{r}. What am I?"', 'On a wall somebody had written: "{r}. What am I?"', 'There sat {e} and smiled. "Only those who know the answer may go on," {e.he} <said>. "{r}. What am I?"')
    s.say('{f} guessed, "<animal_guess>?" But that was wrong. {h} {t.deed}. "It is {ans}!" {h.he} cried.'.replace("<animal_guess>", "[A <animal>|A <home>|A <tool>|The moon]"), '"{ans}!" <said> {f} at once.', 'They thought for <few> minutes. Then {h} <said>, "It must be {ans}."')
    s.say("That was right. Under [the stone|a root|the steps] lay a <colour> box with {o.a} and {n.of}.", "And really, {b.of} further on they dug up a chest. In it were {n.of} and {o.a}.")
    if s.number(0, 1):
        s.say("{h} took {o.the}, and {f} got the {n.nouns}.", "They gave {o.the} to {e} and shared the {n.nouns}.", "{f} kept {o.the}, and {h} counted the {n.nouns} again: {n}.")
    else:
        s.say("{h} wore {o.the} on a string around {h.his} neck.", "They hid the {n.nouns} again and drew a new map for other children.")


def trip(s):
    """A trip on which the weather turns, with its effects and a shelter."""
    turn = {"sun": "rain", "rain": "sun", "wind": "rain", "snow": "sun", "fog": "sun"}[s.facts["weather"]]
    s.count(n=(s.number(2, 6), s.rng.choice(list(words.FOODS))), k=(s.number(2, 12), "mile"))
    s.set(o=s.thing("clothing"))
    _lesson(s, "there is no bad weather for good friends", "it is wise to take a coat", "the sky does not ask before it changes")
    s.say("<opening> {h}, {f} and {e} made a trip to {p}.", "<opening> {h} and {f} packed {n.of} and <dish> for a trip to {p}.", '"Let us go to {p} today," <said> {f}. It was {k.of} away.')
    s.say("{h} took {o.a}. {f} [laughed at it|said that nobody would need it|had forgotten {f.hers}].", "{e} said, \"Take {o.the} with you.\" {h} did.", "They <go> <way>, and {h} {t.deed}.")
    s.set(sight={"n": s.sights.pop()}, sight2={"n": s.sights.pop()})
    s.colour_in(0.85)
    s.say("At noon they were there. They saw {sight} and {sight2}.", "What a place! {h} saw {sight}, and {f} saw {sight2}.", "After {k.of} they reached {p} and sat down to eat {n.of}.")
    s.paragraph()
    if turn == "rain":
        s.say("But then the sky grew dark, and it began to rain. <time_passes> everybody was wet.", "<time_passes> thunder rolled over the hills, and heavy drops fell.")
        s.say("They ran to a [barn|cave|hut|big tree] and waited. {h} shared {o.the} with {f}.", "{h} held {o.the} over both their heads, and they found shelter under [a bridge|a roof|a rock].")
        s.by("h")
        s.colour_in(0.83)
        s.say("<few> minutes later the rain was over, and there was a rainbow.", "When the rain stopped, there were puddles everywhere, and {f} jumped into every one of them.")
    else:
        s.say("<time_passes> the sun came out and made everything bright.", "Then the clouds opened, and it became so warm that {h} took off {o.the}.")
        s.say("They lay in the grass and looked at the clouds. One looked like a <animal>, one like <np>.", "{f} found a place by the water, and they threw <few> <count_things> into it.", "They played until {h}'s legs were tired.")
        s.by("h")
        s.colour_in(0.83)
    s.facts["weather"] = turn
    s.say("On the way home they sang <few> songs.", "They came home late, <simile_tired>.".replace("<simile_tired>", "[tired and happy|with dirty shoes|with empty bags]"), "\"Shall we go again on <day>?\" <asked> {f}. \"Yes,\" <said> {h}.")


ALL = (rescue, contest, hide, noise, new_friend, school, sick, treasure, trip)
