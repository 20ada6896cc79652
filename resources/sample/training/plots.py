# SPDX-License-Identifier: GPL-3.0-or-later
"""Plots about things: lost, broken, bought, traded, built, delivered, cooked, grown, hidden."""
import words

THINGS = list(words.THINGS)


def lost(s):
    """Something is lost for a reason, searched for in several spots, and found where the reason put it."""
    weather = s.facts["weather"]
    reason = s.rng.choice(("wind", "dog", "pocket", "lent") if weather != "snow" else ("dog", "pocket", "lent", "snow"))
    s.set(o=s.thing(s.rng.choice(("toy", "treasure", "clothing", "paper"))), lesson={"n": s.rng.choice(("it helps to look where nobody looks", "a friend finds what you have lost", "lost things wait for patient people", "pockets should be mended"))})
    s.say("{h} had {o.a} that {h.he} loved more than anything.", "The thing {h} loved most was {o.a}.", "{h} never left the house without {o.the}.", "{h} had got {o.a} from {e}, and {h.he} carried it everywhere.", "For {h.his} birthday {e} had given {h.him} {o.a}.")
    s.paragraph()
    s.say("<opening> {h} could not find {o.the}.", "<opening> {o.the} was gone.", "But <opening_low> {h} noticed that {o.the} was missing.".replace("<opening_low>", "one <sky> <day>"))
    s.say('"Where is my {o.n}?" cried {h}.', '"I have lost my {o.n}!" cried {h}<tone>.', "{h} felt <bad_feeling> and asked everybody about {o.the}.", "{h} turned out every pocket, but there was no {o.n}.")
    s.maybe(0.6, "{f} came to help. [Together they|The two friends] <go> <way> to {p}.", '"I will help you look," said {f}. They <go> to {p} at once.')
    for i in range(s.number(1, 3)):
        s.set(spot={"n": s.spots.pop()}, sight={"n": s.sights.pop()})
        s.say("[First|Then|Next|After that] {h} looked {spot}, but there was only <np>.", "{spot} lay <np>, but no {o.n}.", "{f} searched {spot} and found <np>. It was not {o.the}.",
              "They looked {spot}. Nothing!", "{spot} they found <np>, <few> <count_things> and a sleeping <animal>, but {o.the} was not there.")
        s.colour_in(0.73)
    s.set(spot={"n": s.spots.pop()})
    s.paragraph()
    s.by("f", "h")
    s.maybe(0.6, '"[Think|Try to remember]," <said> {f}<tone>. "When did you have {o.the} last?" "[Yesterday|On <day>|This morning], {p.at}," <said> {h}.')
    if reason == "wind":
        s.say("<time_passes> a gust of wind shook the [trees|leaves|bushes], and {h} remembered how the wind had [pulled at {o.the}|blown on <day>].", "<time_passes> {h.he} watched how the wind carried a leaf away. So that was it!")
        s.say("The wind had carried {o.the} away! They followed the wind, and there, {spot}, was {o.the}.", "They looked where the wind was blowing, and {spot} they found {o.full}.")
    elif reason == "dog":
        s.count(d=(1, s.rng.choice(("dog", "goat", "puppy", "donkey"))))
        s.say("<time_passes> they heard a noise {spot}. A <colour> {d.noun} sat there with {o.the} in its mouth!", "<time_passes> a <colour> {d.noun} ran past. What did it carry? It was {o.the}! The {d.noun} hid {spot}.")
        s.say("The {d.noun} only wanted to play. {h} gave it <dish>, and it let go of {o.the}.", "{f} threw a stick, the {d.noun} dropped {o.the}, and {h} picked it up <manner>.")
    elif reason == "pocket":
        s.say("<time_passes> {f} pointed at {h}'s [coat|trousers|bag]. There was a hole in the [pocket|bottom]!", '"Look, your pocket has a hole!" <said> {f}.')
        s.say("They walked back along the same way, step by step, and {spot} lay {o.full}.", "So {o.the} must have fallen out on the way. And really, {spot} something {o.adj} lay on the ground.")
        s.maybe(0.5, "At home {e} mended the hole with needle and thread.")
    elif reason == "snow":
        s.say("<time_passes> the sun came out, and the snow began to melt {spot}.", "<time_passes> {f} saw footprints in the snow that led to a spot {spot}.")
        s.say("Something {o.adj} peeped out of the snow. It was {o.the}!", "There, under the snow, was {o.the}, cold and wet, but whole.")
    else:
        s.say("<time_passes> {g} came along with {o.the} under {g.his} arm.", "<time_passes> they met {g}, who sat {spot} with {o.full}.")
        s.say('"You lent it to me on <day>," <said> {g}. "[Did you forget|Do you not remember]?" {h} [blushed|laughed|had forgotten all about it].', '"Thank you for lending me your {o.n}," <said> {g}. "Here it is again."')
    s.by("h")
    s.maybe(0.7, "{h} was so <good_feeling> that {h.he} hugged {f}.", '"I will never lose {o.the} again," <said> {h}.', "{h} held {o.the} tight all the way home.", "{h} cleaned {o.the} and put it on the shelf beside <np>.")


def broken(s):
    """Something of somebody else's breaks; truth and repair."""
    s.set(o=s.thing("home"), o2=s.thing("tool"), lesson={"n": s.rng.choice(("the truth is easier to carry than a lie", "what is broken can be mended", "everybody makes mistakes", "a lie grows heavier every hour"))})
    cause = s.rng.choice((("threw a ball in the house", "the ball"), ("chased the <animal> around the table", "an elbow"), ("climbed on a chair to reach the <foods>", "a foot"), ("danced with eyes closed", "a hand"), ("carried too many plates at once", "the pile"), ("played pirates on the stairs", "the wooden sword")))
    s.set(cause={"n": cause[0]}, hit={"n": cause[1]})
    s.say("{e} owned {o.a}. It stood [by the window|on the shelf|next to the stove|on the table], and nobody was allowed to touch it.", "In {e}'s house there was {o.a} that was <few>ty years old.".replace("<few>ty", "[forty|sixty|eighty|a hundred]"), "{e} loved {o.the} because it had come from [a faraway country|{e.his} mother|an old friend|the sea].")
    s.paragraph()
    s.say("<opening> {h} and {f} [were alone in the house|visited {e}|had nothing to do]. {h} {cause}.", "<opening> {h} {cause}, although {f} said that it was a bad idea.")
    s.say("Crash! {hit} hit {o.the}, and it [broke|fell down and broke] into <few> pieces.", "{hit} touched {o.the}. It [wobbled|shook|swayed], fell and broke into <few> pieces.", "There was a noise <simile>. {o.the} lay on the floor, broken.")
    s.colour_in(0.68)
    if s.rng.random() < 0.5:
        s.say("{h} was so afraid that {h.he} hid the pieces [under the bed|behind the stove|in a drawer|under the rug].", '"Let us hide the pieces," <said> {h}. {f} did not like it.')
        s.say('In the evening {e} <asked>, "Where is my {o.n}?" {h} looked at the floor. "[I do not know|Maybe the <animal> took it|It was the wind]," {h.he} whispered.')
        s.say("But that night {h} could not sleep. The lie lay on {h.his} chest like a stone.", "The next day {h} could not eat and could not play. The lie was too heavy.")
        s.say('At last {h.he} went to {e} and <said>, "I broke your {o.n}, and then I lied. I am sorry."')
    else:
        s.say('{h} did not wait. {h.He} went to {e} and <said>, "I broke your {o.n}. I am so sorry."', '"We must tell the truth," <said> {f}. {h} nodded, and together they went to {e}.')
    s.paragraph()
    s.say('{e} was [silent|quiet] for a while. "[I am sad about {o.the}|It was only a {o.n}]," {e.he} <said>, "but I am glad that you told me the truth."', '{e} sighed. "Things break," {e.he} <said>. "What counts is that you were honest."')
    s.say("Then {e.he} fetched [glue|some glue and a brush|wire and glue], and together they mended {o.the}, piece by piece.", "They put the pieces together with glue. It took <few> hours, and when it was done, only a thin line could be seen.", "{h} gave all {h.his} <count_things> to buy glue, and by evening {o.the} was whole again.")
    s.maybe(0.4, "It was not as beautiful as before, but {e} liked it even better.", "{e} put {o.the} back in its place.")


def market(s):
    """Money, prices, change: every sum is right."""
    s.here("the market")
    money, price, n = s.number(8, 30), s.number(1, 4), s.number(2, 5)
    while price * n > money - 1:
        n -= 1
    left = money - price * n
    fruit = s.fresh(list(words.FOODS))
    s.count(m=(money, "coin"), c=(price, "coin"), k=(n, fruit), sum=(price * n, "coin"), l=(left, "coin"))
    s.facts["q"] = s.facts["l"]
    s.set(lesson={"n": s.rng.choice(("it is wise to count before you buy", "small coins grow into big dreams", "a fair price makes a good neighbour"))})
    s.say("<opening> {e} gave {h} {m.of} and sent {h.him} to the market.", "{h} had saved {m.of}. <opening> {h.he} took them to the market.", "<opening> {h} found {m.of} in [an old jar|a coat|a sock], and {h.he} <go> to the market with {f}.")
    s.set(sight={"n": s.sights.pop()})
    s.say("{h} saw {sight} and <np>.", "{h} stopped to look at <np>.", "The market was full of people. One woman sold <np>, another sold <np>.")
    s.colour_in(0.78)
    s.paragraph()
    s.say('"How much is one {k.noun}?" <asked> {h}. "Each {k.noun} costs {c.of}," <said> the [woman|man|farmer|girl] behind the table.', "One {k.noun} cost {c.of}. {h} looked at the [basket|table|heap] of {k.nouns} <manner>.")
    s.say('"Then I take {k}, please," <said> {h}. "That makes {sum.of}."', '{h} bought {k.of}. "{sum.of}, please," <said> the seller.')
    s.say("{h} paid {sum.of} and had {l.of} left.", "{h.He} counted the money: {m} take away {sum} is {l}. So {l.of} stayed in {h.his} pocket." if left > 0 else "{h} paid.")
    if left >= 4 and s.rng.random() < 0.7:
        price2 = s.number(2, left - 1)
        s.set(o=s.thing(s.rng.choice(THINGS)))
        s.count(c2=(price2, "coin"), l2=(left - price2, "coin"))
        s.say("<time_passes> {h} saw {o.a}. It cost {c2.of}. {h} thought of {f}, paid, and then {h.he} had only {l2.of}.", "At the next table lay {o.a} for {c2.of}. {h} had {l.of}, so {h.he} bought {o.the} and kept {l2.of}.")
        s.facts["q"] = s.facts["l2"]
        s.maybe(0.6, '"This is for you," <said> {h} and gave {o.the} to {f}. {f} was <good_feeling>.')
    elif left >= 2:
        give = s.number(1, left - 1)
        s.count(gv=(give, "coin"), l2=(left - give, "coin"))
        s.say("At the gate sat an old [man|woman|sailor] with <np>. {h} gave {gv.of} away, and {l2.of} remained.", "{h} lost {gv.of} on the way, because there was a hole in the pocket. Now there were only {l2.of}.")
        s.facts["q"] = s.facts["l2"]
    s.paragraph()
    s.say('At home {e} <asked>, "How much is left?" "{q.of}," <said> {h} and put the {k.nouns} on the table.', "When {h} came home with {k.of} and {q.of}, {e} was <good_feeling>.")
    s.say("They made [a pie|a cake|a salad|soup|jam] out of the {k.nouns}.", "That evening they ate all {k.of}." if n > 1 else "That evening they shared the {k.noun}.", "{e} washed the {k.nouns} and gave {f} the first one.")


def sharing(s):
    """Counts that go up and down; the story never loses count."""
    kind = s.fresh(list(words.FOODS) + list(words.COUNTABLES))
    n = s.number(5, 20)
    s.count(n=(n, kind))
    s.set(lesson={"n": s.rng.choice(("sharing makes everything bigger", "half a joy alone is less than half a joy together", "those who give are never poor"))})
    s.say("<opening> {h} had {n.of}.", "{h} had collected {n.of} in a <colour> [box|basket|bag|jar].", "<opening> {e} gave {h} {n.of}.", "{h} counted {h.his} {n.nouns}. There were exactly {n}.")
    for _ in range(s.number(2, 4)):
        who = s.rng.choice("fge")
        s.facts["w"] = s.facts[who]
        step = s.number(1, max(1, min(6, n - 1)))
        if n > 2 and s.rng.random() < 0.65:
            n -= step
            s.count(d=(step, kind), n=(n, kind))
            s.say("<time_passes> {w} came by. {w.He} [looked|was] <bad_feeling>, so {h} gave {w.him} {d.of}. Now {h} had {n.of}.", '"May I have {d}?" <asked> {w}. "Of course," <said> {h}<tone2>. Then there were {n.of} left.'.replace("<tone2>", "[| and smiled]"),
                  "<time_passes> a <colour> <animal> stole {d.of}, so only {n} were left.", "{h} gave {d.of} to {w} and kept {n}.", "On the way {d.of} fell out through a hole. {h} counted again: {n}.")
        else:
            n += step
            s.count(d=(step, kind), n=(n, kind))
            s.say("<time_passes> {w} gave {h} {d.of}, and so {h} had {n.of}.", "<time_passes> {h} found {d.of} under <np>. That made {n} in all.", '"Take these {d.nouns}," <said> {w}. It was {d.of}, and now {h.he} had {n}.' if step > 1 else '"Take this one," <said> {w}. Now {h.he} had {n.of}.')
        s.by("h", "g")
        s.colour_in(0.78)
    s.paragraph()
    if n % 2 == 0 and s.rng.random() < 0.7:
        s.count(half=(n // 2, kind))
        s.say("In the evening {h} and {f} shared the last {n.nouns}. Each of them got {half.of}.", "{h} put the {n.of} into two equal heaps: {half} for {f} and {half} for {h.him}.")
    else:
        s.say("In the evening {h} put the {n.of} [on the window sill|under the pillow|into the <colour> box] and smiled.", "{n.of} were left at the end of the day, and {h} had <few> new friends." if n > 1 else "One {n.noun} was left at the end of the day, and {h} had <few> new friends.")


def trade(s):
    """A chain of swaps; each thing is swapped for the next one."""
    s.set(o=s.thing("toy"), first=None)
    s.facts["first"] = s.facts["o"]
    s.set(lesson={"n": s.rng.choice(("everything is worth something to somebody", "the best trade makes two people happy", "old things can be new to others"))})
    s.say("<opening> {h} wanted to trade {o.a} for something better.", "{h} was tired of {o.the}. <opening> {h.he} <go> to {p} to swap it.", "All {h} owned was {o.a}, but {h.he} had a plan.")
    for who in s.rng.sample("fge", s.number(2, 3)):
        s.facts["w"] = s.facts[who]
        s.set(o2=s.thing(s.rng.choice(THINGS)))
        s.colour_in(0.78)
        s.say("<time_passes> {h} met {w}, who had {o2.a}. \"Will you give me your {o2.n} for {o.the}?\" <asked> {h}. \"[Gladly|With pleasure|Why not|Yes, I need a {o.n}],\" <said> {w}.", "{w} needed a {o.n} and gave {h} {o2.a} for it.",
              '"What a fine {o.n}!" <said> {w}. "I have only {o2.a}. Shall we swap?" They swapped, and both were <good_feeling>.', "<time_passes> {w} saw {o.the} and offered {o2.a}. {h} thought about it <manner> and nodded.")
        s.facts["o"] = s.facts["o2"]
        s.maybe(0.5, "Now {h} had {o.a}.", "{h} carried {o.the} away <manner>.", "So {h} left with {o.full}.")
    s.paragraph()
    s.say("In the evening {h} looked at {o.the}. In the morning it had been {first.a}!", "\"This morning I had {first.a},\" <said> {h}, \"and now I have {o.a}.\" {e} laughed.", "{h} brought {o.the} home, and nobody believed that it had once been {first.full}.")


def build(s):
    """Something is built from counted parts, fails for a reason, and is built better."""
    what, parts, flaw, cure = s.rng.choice((
        ("a tree house", ("board", "rope", "nail"), "the floor was not nailed down", "more nails"), ("a raft", ("log", "rope", "barrel"), "the knots were loose", "better knots"),
        ("a snow hut", ("block", "branch", "bucket"), "the walls were too thin", "thicker walls"), ("a kite", ("stick", "string", "ribbon"), "the tail was too short", "a longer tail"),
        ("a bridge", ("plank", "stone", "rope"), "the stones were not even", "flatter stones"), ("a bird house", ("board", "nail", "hinge"), "the roof leaked", "a roof of bark"),
        ("a scarecrow", ("stick", "sack", "button"), "the wind was too strong", "a deeper hole"), ("a sand castle", ("shell", "bucket", "flag"), "it stood too close to the water", "a place higher up"),
        ("a cart", ("wheel", "board", "bolt"), "one wheel was too small", "<few> equal wheels"), ("a dam", ("stone", "branch", "log"), "the water found a gap", "mud in every gap")))
    a, b = s.number(2, 12), s.number(2, 9)
    s.count(a=(a, parts[0]), b=(b, parts[1]), c=(s.number(2, 20), parts[2]), ab=(a + b, "piece"))
    s.set(b1={"n": what}, bn={"n": what.split(" ", 1)[1]}, flaw={"n": flaw}, cure={"n": cure}, lesson={"n": s.rng.choice(("the second try is often the best", "many hands make light work", "good things need a good plan", "a mistake is a teacher"))})
    s.say("<opening> {h} and {f} decided to build {b1} {p.at}.", '"Let us build {b1}!" <said> {h} <opening_low>.'.replace("<opening_low>", "one <sky> <day>"), "{h} had always wanted {b1}. <opening> {f} said, \"Then we shall build one.\"")
    s.say("They needed {a.of}, {b.of} and {c.of}.", "{h} found {a.of}, and {f} brought {b.of}. That made {ab.of}. {e} lent them {c.of}.", "First they collected {a.of} and {b.of}, {ab.of} altogether. Then they borrowed {c.of} from {e}.")
    s.colour_in(0.83)
    s.say("{h} measured everything <manner>, while {f} [held|carried|counted|sorted] the {a.nouns}.", "They worked <manner> for <few> hours. {h}'s hands were <simile_hand>.".replace("<simile_hand>", "[dirty|sore|cold|full of splinters]"), "All morning they [hammered|tied|carried|pushed|pulled], and {h} {t.deed}.")
    s.paragraph()
    s.say("<time_passes> {b1} stood there! But {flaw}, and it fell apart <manner>.", "When they tried {bn2} for the first time, it broke, because {flaw}.".replace("{bn2}", "the {bn}"), "The {bn} looked [fine|wonderful|strong]. But {flaw}. Crash!")
    s.say("{h} felt <bad_feeling>. \"[I give up|All that work|What did we do wrong]?\" {h.he} <said>.".replace("]?", "]!"), "{f} was <bad_feeling>, but {h} {t.deed}.", '"<few> hours of work for nothing," <said> {f}<tone>.'.replace("<tone>", ""))
    s.say('{e} looked at it and <said>, "You need {cure}."', "Then {f} had an idea: they needed {cure}.", '"It needs {cure}," <said> {g}, who had watched from [the fence|a tree|the road].')
    s.say("So they started again, and this time they used {cure}. <time_passes> the {bn} was ready, and it held.", "With {cure} the {bn} held. {h} and {f} [danced|cheered|shook hands].", "They did it all again with {cure}, and by evening the {bn} was <simile_strong>.".replace("<simile_strong>", "[strong as a rock|better than before|the best far and wide]"))


def cook(s):
    """A recipe with counts and a mistake that has its effect."""
    s.here("the kitchen")
    good, bad, taste = s.rng.choice((("sugar", "salt", "terribly salty"), ("flour", "chalk", "like a blackboard"), ("honey", "mustard", "hot as fire"), ("milk", "vinegar", "sour"), ("cinnamon", "pepper", "so sharp that everybody sneezed"), ("butter", "soap", "full of bubbles")))
    dish = s.rng.choice(("cake", "pie", "bread", "pudding", "soup", "stew", "jam", "porridge"))
    s.count(a=(s.number(2, 9), s.fresh(list(words.FOODS))), b=(s.number(1, 6), s.fresh(list(words.FOODS))), c=(s.number(2, 5), "cup"), m=(s.number(20, 60), "minute"))
    s.set(good={"n": good}, bad={"n": bad}, taste={"n": taste}, dish={"n": dish}, lesson={"n": s.rng.choice(("it is better to taste before you serve", "labels are made to be read", "even a good cook makes mistakes"))})
    s.say("<opening> {h} wanted to make a {dish} for {e}.", "{e}'s birthday was near, so {h} and {f} went into the kitchen to make a {dish}.", '"Today I will cook," <said> {h}. "There will be {a.noun} {dish} for everybody."')
    s.say('"We need {a.of}, {b.of} and {c.of} of {good}," <said> {f}.', "The [recipe|old book] said: {a.of}, {b.of}, {c.of} of {good}, and a pinch of patience.", "On the table lay {a.of} and {b.of}. Beside them stood <np>.")
    s.say("{h} [washed|cut|peeled|mashed] the {a.nouns}, and {f} [stirred|cleaned|chopped] the {b.nouns}.", "First {h} cut {a.of} into small pieces. Then {f} added {b.of}.", "{f} lit the stove while {h} {t.deed}.")
    s.colour_in(0.83)
    mistake = s.rng.random() < 0.7
    if mistake:
        s.say("Then {h} took the wrong jar. Instead of {good}, {h.he} put in {c.of} of {bad}!", "But the jars looked the same, and {h} added {bad} instead of {good}.")
        s.say("Nobody noticed. They waited {m.of}.", "After {m.of} the {dish} was ready. It looked [lovely|perfect|golden and round].")
        s.paragraph()
        s.say("{e} took a [bite|spoon] and made a face. The {dish} was {taste}!", '{f} tried it first. "Help!" {f.he} cried. It was {taste}.')
        s.say("{h} looked at the jar: {bad}, not {good}! First {h.he} was <bad_feeling>, but then everybody laughed.", '"I took the {bad} for the {good}," <said> {h} and turned red.')
        s.say("They made a second {dish}, this time with {good}, and it was [delicious|wonderful|the best in the world].", "So they began again with {a.of} and real {good}. <time_passes> the second {dish} stood on the table, and it was [sweet|soft|perfect].")
    else:
        s.say("After {m.of} the {dish} was ready, and the whole house smelled of {good}.", "They waited {m.of}. {h} {t.deed}.")
        s.paragraph()
        s.say('"It needs nothing more," <said> {e} after the first bite.', "{e} ate <few> [plates|bowls|spoons] of it and was <good_feeling>.", "The {dish} was so good that even {g} came in through the window.")


def garden(s):
    """Seeds, days, water, sprouts; what is eaten is missing in the harvest."""
    s.here("the garden")
    plant = s.rng.choice(("carrot", "turnip", "strawberry", "tomato", "potato", "lemon", "grape"))
    n = s.number(6, 24)
    dry = s.number(1, 4)
    eaten = s.number(1, n // 2)
    thief = s.rng.choice(("rabbit", "goat", "snail", "bird", "hen", "donkey"))
    up = n - dry
    eaten = min(eaten, up - 1)
    s.count(n=(n, "seed"), d=(dry, "seed"), u=(up, "plant"), t1=(eaten, "plant"), r=(up - eaten, "plant"), days=(s.number(5, 20), "day"))
    s.facts["pl"] = {"n": plant, "s": words.FOODS[plant]}
    s.facts["th"] = {"n": thief}
    s.set(lesson={"n": s.rng.choice(("growing needs time", "a garden feeds more than one", "who waters every day will eat one day", "a fence saves more than it costs"))})
    s.say("<opening> {e} gave {h} {n.of} of [a|the best] {pl} plant.", "{h} found {n.of} in a paper bag. On it was written: {pl.s}.", "<opening> {h} wanted to grow {pl.s}. {h.He} bought {n.of}.")
    s.say("{h} made {n} holes in the ground, put one seed into each hole and covered them with earth.", "With a <age> rake and a <tool> {h} and {f} dug the bed, and {h} planted all {n.of}.")
    s.say("Every [morning|evening|day] {h} watered them with a <colour> can.", "{h} [sang to the seeds|sat beside the bed and waited|pulled out every weed]. {f} said that this was silly.", "For {days.of} nothing happened, and {h} was <bad_feeling>.")
    s.colour_in(0.83)
    s.paragraph()
    s.say("After {days.of} {u.of} came up. {d.of} had stayed [asleep|dry|in the dark].", "Then, after {days.of}, there was something green! {h} counted {u.of}, because {d.of} had not grown.")
    if s.rng.random() < 0.65:
        s.say("But one night a <colour> {th} came and ate {t1.of}. {r.of} [remained|survived].", "<opening> {h} saw footprints. A {th} had eaten {t1.of}, so only {r} remained.")
        s.say("So {h} and {f} built a fence, and the {th} could only look.", "{h} was <bad_feeling>, but then {h.he} planted some [clover|lettuce|grass] for the {th}, and it left the other plants alone.", '"Even a {th} is hungry," <said> {e}, and helped {h} to put up a fence.')
        s.facts["last"] = s.facts["r"]
    else:
        s.facts["last"] = s.facts["u"]
    s.say("At the end of summer there were {pl.s} on all {last.of}.", "In autumn they harvested <few> baskets of {pl.s} from {last.of}.")
    s.say("{e} made {pl} [pie|soup|jam|salad] for everybody.", "{h} kept some seeds for the next year in a <colour> jar.", "{f} ate so many {pl.s} that {f.he} could not move.")


def delivery(s):
    """A parcel is carried past obstacles to the one it is for."""
    s.set(o=s.thing(s.rng.choice(THINGS)), lesson={"n": s.rng.choice(("a promise is a promise", "the longest way begins with one step", "a little help makes the way short"))})
    s.say("<opening> {e} gave {h} {o.a} wrapped in [brown|<colour>] paper. \"Please take this to {g},\" {e.he} <said>. \"{g} lives near {p}.\"", '"Can you bring this {o.bare} to {g}?" <asked> {e}. "It must be there before [dark|supper|noon|the clock strikes <few>]." {h} nodded.')
    s.say("{h} put {o.the} into {h.his} bag and <go> <way>.", "With {o.the} under {h.his} arm, {h} <go> <way>.")
    for _ in range(s.number(1, 3)):
        s.say("<time_passes> {h} came to [a|the] bridge, but it was broken. So {h.he} took off {h.his} shoes and waded through the water.", "Then a <colour> {an} blocked the road. {h} gave it some <foods>, and it let {h.him} pass.".replace("{an}", "[goat|dog|goose|cow|donkey]"),
              "At the crossroads {h} did not know the way. {f} [came along|sat on the signpost|was just passing] and <said>, \"Left, then <way>.\"", "The road was closed because of a fallen tree, so {h} had to go <way>.",
              "{h} met {f}, who wanted to play. \"Not now,\" <said> {h}. \"I have promised to bring this {o.n} to {g}.\"", "A <size> <animal> wanted to see what was in the bag. {h} held it tight.", "<time_passes> {h} was tired and sat down on a stone, but {h.he} thought of {h.his} promise and <go> on.")
        s.colour_in(0.85)
    s.paragraph()
    s.say("<time_passes> {h} knocked at {g}'s door. \"This is for you, from {e},\" {h.he} <said>.", "At last {h} reached {p}. {g} opened the door <manner>.")
    s.say("{g} unwrapped the paper, and there was {o.full}. \"[My old {o.n}|How beautiful|Just what I needed]!\" {g.he} cried.", "{g} opened the parcel. {o.full}! {g.He} was <good_feeling>.")
    s.by("g", "h")
    s.maybe(0.6, "{h} stayed for supper. <meal>", "As a thank you, {h} got <np>.", "{g} gave {h} <dish> and <np> for the way back.")


ALL = (lost, broken, market, sharing, trade, build, cook, garden, delivery)
