# SPDX-License-Identifier: GPL-3.0-or-later
"""The vocabulary of the stories: names, kinds of things with the words that fit them, places, traits."""


def _w(text):
    return [w.strip() for w in text.replace("\n", ",").split(",") if w.strip()]


GIRLS = _w("""Mia, Lena, Anna, Rosa, Ella, Nora, Ida, Clara, Lily, Zoe, Maya, Ruth, Emma, Alice, Greta, Hana, Iris, June,
Kira, Lucy, Mabel, Nell, Olive, Pia, Robin, Sara, Tilda, Una, Vera, Wanda, Yara, Ada, Bella, Cora, Daisy, Edith, Flora,
Gwen, Hazel, Ivy, Jenny, Kate, Luna, Molly, Nina, Opal, Poppy, Rita, Sophie, Tess, Willa, Amira, Leila, Mei, Priya, Suri""")
BOYS = _w("""Tom, Ben, Max, Sam, Leo, Jack, Finn, Oscar, Paul, Noah, Adam, Theo, Carl, David, Emil, Felix, George, Hugo,
Ivan, Jonas, Karl, Liam, Milo, Nico, Otto, Peter, Ravi, Simon, Tim, Victor, Will, Yusuf, Arlo, Bruno, Cyrus, Dan, Eric,
Frank, Gus, Henry, Igor, Jasper, Kofi, Louis, Marco, Ned, Omar, Philip, Quinn, Rolf, Stefan, Toby, Walter, Zack, Kenji, Anton""")
CREATURE_NAMES = _w("""Pip, Bramble, Nibbles, Hop, Tuft, Scout, Whiskers, Button, Pebble, Patch, Rusty, Clover, Fern, Moss,
Acorn, Thistle, Dot, Smudge, Biscuit, Pepper, Ginger, Socks, Flick, Twig, Bean, Maple, Nutmeg, Shadow, Sunny, Widget""")
CREATURES = _w("""fox, mouse, rabbit, bear, hedgehog, squirrel, badger, otter, frog, owl, duck, mole, beaver, goat, cat, dog,
tortoise, hare, sparrow, raccoon, crow, lamb, pony, goose""")
HOME_OF = {"fox": "den", "mouse": "hole", "rabbit": "burrow", "bear": "cave", "hedgehog": "nest of leaves", "squirrel": "hollow tree",
           "badger": "den", "otter": "river bank", "frog": "pond", "owl": "old tower", "duck": "reed hut", "mole": "tunnel",
           "beaver": "lodge", "goat": "shed", "cat": "basket", "dog": "kennel", "tortoise": "sandy hollow", "hare": "meadow",
           "sparrow": "nest", "raccoon": "hollow log", "crow": "tall pine", "lamb": "barn", "pony": "stable", "goose": "yard"}
ELDERS = [(t + " " + n, g) for g, titles, names in (
    ("f", ("Grandma", "Aunt", "Mrs."), _w("Rosalind, Martha, Agnes, Berta, Olga, Winnie, Pearl, Judith, Hilda, Frieda, Carmen, Dora")),
    ("m", ("Grandpa", "Uncle", "Mr."), _w("Albert, Finch, Barley, Moss, Gregor, Miller, Stone, Woods, Archie, Boris, Casper, Edgar")))
    for t in titles for n in names]
TRADES = {"baker": "bread oven", "farmer": "tractor", "carpenter": "workbench", "gardener": "wheelbarrow", "blacksmith": "anvil",
          "teacher": "blackboard", "postman": "mailbag", "fisherman": "fishing net", "tailor": "sewing machine", "miller": "mill wheel",
          "doctor": "black bag", "painter": "ladder", "clockmaker": "magnifying glass", "shoemaker": "little hammer",
          "librarian": "stack of books", "shepherd": "crook", "cook": "copper pots", "potter": "wheel", "beekeeper": "smoker",
          "sailor": "coil of rope"}

COLOURS = _w("red, blue, green, yellow, white, black, brown, purple, orange, pink, grey, silver, golden, striped")
SIZES = _w("small, big, little, tiny, large, long, round, wide, thin, heavy, light")
AGES = _w("old, new, shiny, dusty, wooden, rusty, broken, pretty, plain, soft, worn, painted, strange, favourite, beautiful")

# kind: (nouns, adjectives that fit)
THINGS = {
    "toy": (_w("kite, ball, doll, drum, top, puzzle, boat, train, whistle, marble, yo-yo, teddy bear, robot, hoop, toy car, balloon, puppet, skipping rope"),
            COLOURS + _w("small, big, new, old, wooden, favourite, painted, little, shiny")),
    "tool": (_w("hammer, rope, ladder, shovel, saw, bucket, broom, lantern, net, rake, brush, needle, basket, wheelbarrow, hook, pump, axe, sack"),
             _w("old, long, heavy, rusty, strong, new, wooden, big, little, red, green, useful, worn")),
    "treasure": (_w("ring, key, coin, medal, shell, stone, map, bell, feather, button, necklace, compass, clock, mirror, music box, crystal, crown, locket"),
                 _w("golden, silver, shiny, tiny, old, strange, round, blue, green, beautiful, secret, glittering, smooth, heavy, dusty")),
    "clothing": (_w("hat, scarf, coat, glove, boot, shoe, sweater, cap, apron, jacket, umbrella, belt, raincoat, sock"),
                 COLOURS + _w("woolen, warm, old, new, soft, thick, patched, favourite")),
    "paper": (_w("book, letter, drawing, notebook, picture, poster, postcard, song book, newspaper, diary"),
              _w("old, thick, thin, new, colourful, torn, folded, secret, yellow, blue, small, long, precious")),
    "home": (_w("lamp, chair, jar, cup, plate, blanket, pillow, kettle, vase, box, spoon, pot, rug, bowl, candle, stool, clock, teapot, suitcase"),
             COLOURS + _w("old, small, round, heavy, wooden, chipped, clean, pretty, plain, dusty")),
}
# singular: plural
FOODS = {"apple": "apples", "pear": "pears", "cookie": "cookies", "plum": "plums", "carrot": "carrots", "nut": "nuts", "berry": "berries",
         "cherry": "cherries", "bun": "buns", "egg": "eggs", "pancake": "pancakes", "orange": "oranges", "cake": "cakes", "fig": "figs",
         "peach": "peaches", "muffin": "muffins", "potato": "potatoes", "sandwich": "sandwiches", "turnip": "turnips", "strawberry": "strawberries",
         "lemon": "lemons", "tomato": "tomatoes", "pie": "pies", "roll": "rolls", "walnut": "walnuts", "grape": "grapes", "biscuit": "biscuits"}
COUNTABLES = {"marble": "marbles", "shell": "shells", "button": "buttons", "stone": "stones", "flower": "flowers", "feather": "feathers",
              "stamp": "stamps", "acorn": "acorns", "pencil": "pencils", "leaf": "leaves", "candle": "candles", "bead": "beads", "card": "cards",
              "pine cone": "pine cones", "ribbon": "ribbons", "sticker": "stickers", "brick": "bricks", "bottle": "bottles", "coin": "coins"}
ANIMALS = {"cat": "cats", "dog": "dogs", "duck": "ducks", "goat": "goats", "hen": "hens", "sheep": "sheep", "cow": "cows", "rabbit": "rabbits",
           "bird": "birds", "pony": "ponies", "pig": "pigs", "kitten": "kittens", "puppy": "puppies", "goose": "geese", "frog": "frogs",
           "butterfly": "butterflies", "bee": "bees", "fish": "fish", "snail": "snails", "donkey": "donkeys", "squirrel": "squirrels", "swan": "swans"}
LEGS = {"cat": 4, "dog": 4, "duck": 2, "goat": 4, "hen": 2, "sheep": 4, "cow": 4, "rabbit": 4, "bird": 2, "pony": 4, "pig": 4, "bee": 6}

# name with article: (preposition, spots to look in or hide at, things that are seen or heard there)
PLACES = {
    "the park": ("in", _w("under the bench, behind the fountain, beside the swings, under the slide, in the sandbox, near the gate, behind the old oak"),
                 _w("children on the swings, a man feeding pigeons, the splash of the fountain, two dogs chasing each other, an ice cream cart, a brass band")),
    "the forest": ("in", _w("under a fallen log, behind a tall pine, among the ferns, inside a hollow tree, beside a mossy rock, under the brambles, near the anthill"),
                   _w("a woodpecker knocking, sunbeams between the trees, a deer with its fawn, mushrooms in a ring, the smell of wet moss, a cuckoo calling")),
    "the beach": ("on", _w("behind the dunes, under the pier, beside a tide pool, in the wet sand, under an old boat, among the rocks, near the lighthouse"),
                  _w("gulls above the waves, a crab running sideways, white sails far away, the salty wind, children building castles, seaweed on the sand")),
    "the market": ("at", _w("behind the cheese stall, under a table of melons, beside the flower cart, near the well, behind a stack of crates, under the awning"),
                   _w("baskets full of fruit, a juggler with five balls, the smell of fresh bread, a woman selling honey, a parrot in a cage, bright cloth in every colour")),
    "the farm": ("on", _w("in the hay, behind the barn, under the cart, beside the trough, in the chicken coop, near the pigsty, behind the woodpile"),
                 _w("hens scratching in the yard, a cow with a bell, the farmer on the tractor, a sleepy cat on the wall, milk cans by the door, rows of cabbages")),
    "the garden": ("in", _w("under the rose bush, behind the shed, beside the pond, among the beans, under a flower pot, near the compost, behind the sunflowers"),
                   _w("bees on the lavender, a snail on a leaf, washing on the line, tomatoes ripe and red, a robin on the fence, a row of tall sunflowers")),
    "the school": ("at", _w("under the desk, behind the curtain, in the cloakroom, beside the blackboard, on the bookshelf, near the stairs, in the chalk box"),
                   _w("children singing, maps on the wall, the ringing of the bell, a globe on the cupboard, chalk dust in the light, drawings by the window")),
    "the river": ("by", _w("under the bridge, behind the willow, among the reeds, beside the mill, under a flat stone, in the shallow water, near the ferry"),
                  _w("a heron on one leg, fish jumping, the mill wheel turning, a rowing boat, dragonflies over the water, boys fishing from the bank")),
    "the mountain": ("on", _w("behind a boulder, in a small cave, under a twisted pine, beside the spring, near the hut, among the blue flowers, under the ledge"),
                     _w("eagles in the sky, goats on the rocks, snow on the peak, clouds below the path, a cold clear spring, the bells of the cows")),
    "the village square": ("in", _w("behind the statue, under the clock tower, beside the well, near the bakery, under the big chestnut, behind the town hall"),
                           _w("the clock striking the hour, old men playing chess, a fiddler, pigeons on the roof, a cart full of pumpkins, flags on a string")),
    "the attic": ("in", _w("under the dusty sofa, behind the mirror, in an old trunk, beside the chimney, under the window, among the hat boxes, behind the rocking horse"),
                  _w("cobwebs in the corners, a rocking horse, boxes of letters, a stopped clock, old hats, rain on the roof tiles")),
    "the kitchen": ("in", _w("under the table, behind the stove, in the flour bin, beside the sink, on the top shelf, near the window, in the bread box"),
                    _w("soup bubbling in the pot, herbs on a string, a cat by the stove, a row of copper pans, the smell of cinnamon, a pie cooling")),
    "the harbour": ("at", _w("behind the barrels, under a fishing net, beside the crane, in a rowing boat, near the lighthouse, behind a heap of ropes"),
                    _w("fishing boats coming home, sailors shouting, the smell of tar, a fat seal, gulls fighting for a fish, flags in the wind")),
    "the library": ("in", _w("behind the tall shelf, under the reading lamp, beside the globe, on the ladder, near the window seat, between two thick books"),
                    _w("people turning pages, a stair that creaked, a globe as big as a barrel, shelves up to the ceiling, a sleeping cat, the ticking of the clock")),
    "the meadow": ("in", _w("in the tall grass, behind the haystack, under the apple tree, beside the stream, among the poppies, near the stone wall"),
                   _w("butterflies everywhere, grasshoppers singing, a hare on its hind legs, poppies and daisies, larks high above, cows in the shade")),
    "the train station": ("at", _w("under the bench, behind the ticket window, beside the big clock, near the luggage cart, behind a pillar, under the timetable"),
                          _w("a steam engine, people with suitcases, a guard with a green flag, the whistle of a train, a boy selling newspapers, a lost glove")),
}
JOURNEYS = _w("over the stone bridge, through the dark wood, past the old mill, along the river, across the meadow, up the steep hill, down the narrow lane, around the lake, past the church, through the orchard, along the railway, across the market square")

# trait: (habit, what it made somebody do, verdict)
TRAITS = {
    "curious": ("asked questions about everything", "wanted to know what was inside", "had asked one question more than the others"),
    "brave": ("was never afraid of the dark", "took a deep breath and went first", "had been brave enough to try"),
    "shy": ("hardly ever spoke to strangers", "hid behind the door at first", "had found the courage to speak"),
    "patient": ("could wait for hours without a word", "sat down and waited quietly", "had waited so patiently"),
    "clumsy": ("dropped at least one cup a day", "stumbled over a root", "had learned to look where to step"),
    "clever": ("could solve any riddle", "thought for a while and had an idea", "had used a good head"),
    "kind": ("always shared with others", "could not walk past someone in need", "had been so kind"),
    "lazy": ("loved to stay in bed until noon", "wanted to rest first", "had worked hard for once"),
    "stubborn": ("never gave up", "tried again and again", "had refused to give up"),
    "hungry": ("could eat all day long", "thought of lunch first", "had shared the last bite"),
    "cheerful": ("sang from morning to night", "laughed and whistled a tune", "had kept on smiling"),
    "careful": ("checked everything twice", "looked twice before every step", "had been so careful"),
    "proud": ("liked to boast a little", "did not want any help", "had learned to ask for help"),
    "dreamy": ("watched the clouds for hours", "forgot the time completely", "had seen what nobody else saw"),
    "noisy": ("slammed every door", "shouted as loud as could be", "had learned to be quiet"),
    "honest": ("never told a lie", "told the whole truth at once", "had told the truth"),
    "messy": ("left things lying everywhere", "could not find anything", "had finally tidied up"),
    "quick": ("ran wherever others walked", "was there before anyone else", "had been so quick"),
    "thrifty": ("kept every coin in a jar", "counted the money twice", "had saved every coin"),
    "gentle": ("spoke softly to every animal", "knelt down and spoke softly", "had been so gentle"),
}
ONES = _w("zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen")
TENS = _w("-, -, twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety")


def number(n):
    """A count in words, 0 to 99; digits above."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("-" + ONES[n % 10] if n % 10 else "")
    return str(n)
