<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>BellPicture</name>
    <message>
        <source>large</source>
        <translation>groß</translation>
    </message>
    <message>
        <source>small</source>
        <translation>klein</translation>
    </message>
    <message>
        <source>α+β</source>
        <translation>α+β</translation>
    </message>
    <message>
        <source>α−β</source>
        <translation>α−β</translation>
    </message>
    <message>
        <source>−large</source>
        <translation>−groß</translation>
    </message>
    <message>
        <source>−small</source>
        <translation>−klein</translation>
    </message>
    <message>
        <source>−α+β</source>
        <translation>−α+β</translation>
    </message>
    <message>
        <source>−α−β</source>
        <translation>−α−β</translation>
    </message>
</context>
<context>
    <name>CellText</name>
    <message>
        <source>%1 code %2 → %3</source>
        <translation>%1 Code %2 → %3</translation>
    </message>
    <message>
        <source>Excess kurtosis</source>
        <translation>Exzess-Wölbung</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <source>Not finite</source>
        <translation>Nicht endlich</translation>
    </message>
    <message>
        <source>Outliers beyond 6 deviations</source>
        <translation>Ausreißer jenseits von 6 Abweichungen</translation>
    </message>
    <message>
        <source>Squares in the largest 1 %</source>
        <translation>Quadrate im größten 1 %</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>Standardabweichung</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>Nullen</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binär</translation>
    </message>
    <message>
        <source>cell: minimum %1, mean %2, maximum %3, root mean square %4</source>
        <translation>Zelle: Minimum %1, Mittel %2, Maximum %3, quadratisches Mittel %4</translation>
    </message>
    <message>
        <source>group %1, %2</source>
        <translation>Gruppe %1, %2</translation>
    </message>
    <message>
        <source>row %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>saliency among the top %1</source>
        <translation>Bedeutung unter den obersten %1</translation>
    </message>
    <message>
        <source>salient</source>
        <translation>bedeutend</translation>
    </message>
    <message>
        <source>value %1</source>
        <translation>Wert %1</translation>
    </message>
</context>
<context>
    <name>ChoiceText</name>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>Wie im Artikel</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Wie sie sind</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Hessian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lloyd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Mean magnitude</source>
        <translation>Mittlerer Betrag</translation>
    </message>
    <message>
        <source>Optimal</source>
        <translation>Optimal</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Schlicht</translation>
    </message>
    <message>
        <source>Published code</source>
        <translation>Veröffentlichter Code</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Salient weights</source>
        <translation>Bedeutende Gewichte</translation>
    </message>
    <message>
        <source>Single weights</source>
        <translation>Einzelne Gewichte</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>Whole columns</source>
        <translation>Ganze Spalten</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.gguf *.json)</source>
        <translation>Modelle (*.safetensors *.gguf *.json)</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Ein Modell öffnen</translation>
    </message>
</context>
<context>
    <name>RecipeCaption</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>SavePicture</name>
    <message>
        <source>'%1' cannot be written: %2.</source>
        <translation>'%1' kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>'%1' should end in .png or .svg.</source>
        <translation>'%1' sollte auf .png oder .svg enden.</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG-Bild (*.svg)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild sichern…</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Tabelle sichern…</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % of the linear weights are rounded to another type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 MB are not enough: embedding and other tensors alone take %2 MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asks for longrope, but has no rope_factors tensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asks for rope scaling '%2'; known are default, linear, dynamic, yarn, llama3 and longrope.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1 Bit</translation>
    </message>
    <message>
        <source>%1 claims to have %2 %3, more than can be in it. It may be cut short: copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 codes for llama.cpp, which turns no inputs: turn the model itself first (export --to huggingface --turn) and quantize that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has %2 bytes, too few for a safetensors header. Copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has a 'general.alignment' that is not a power of two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has a metadata key that is empty, too long or not UTF-8: '%2'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has a tensor whose name has %2 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has no '%2', which the model needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has no config.json, so its tensors can be looked at but not run as a model. Put the config.json of the model beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has the metadata key '%2' twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a GGUF file of version %2; versions 2 and 3 can be read. Convert the model again with a current llama.cpp.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a big-endian GGUF file; only little-endian ones can be read. Convert it with gguf_convert_endian.py of llama.cpp.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a model of architecture '%2'; Halftone runs %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no question: it needs query, choices and gold; or context_options, continuation and gold; or context and continuation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a GGUF file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not valid JSON at line %2, column %3: %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 layers coded; the largest error is %2, of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 linear layers are coded in a way that no GGUF type holds: they become F16, right but not small. Name a type to make them small; what each costs is measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 nats a token on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 numbers cannot be decoded from %2 bytes of type %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 numbers do not make %2 bytes of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 linear layers are rounded to the nearest of %3 bits here, without calibration: quantize first with a method for this grid to lose less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 query heads cannot share %2 key heads of width %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows from row %2 of tensor '%3' (%4) were asked for, into %5 numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tensors, '%2' with rows of %3 weights among them, do not fill the blocks of %4: they are written as %5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 threads, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens, %2 a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was %2 and is now %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, behind the calibration windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, compressed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, compressed by %2 with %3; calibrated on '%4', %5 windows of %6 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, mean of %2 seeds</source>
        <translation>%1, Mittel über %2 Startwerte</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 attention heads cannot share %3 key-value heads evenly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: '%2' should be a number, but it is %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: '%2' should be a whole number from %3 to %4, but it is %5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: '%2' should be true or false, but it is %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: longrope needs %2 long and short factors, but has %3 and %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: rope base %2 or norm epsilon %3 makes no sense.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: rotary width %2 does not fit heads of width %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the activation is '%2', but Halftone runs 'silu' only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the rope scaling's factor should be above 0, but it is %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the rope scaling's original context should be at least 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' cannot be taken over as it is coded: %2. Name a number of bits to have it rounded to that, or export to gguf or huggingface.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' cannot be used on these values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' cannot be written: %2.</source>
        <translation>'%1' kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>'%1' cannot be written: the disk is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' cannot compare these values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' cannot divide by %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' carries no provenance: Halftone did not write it, or an older version did.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' carries no provenance: there is no %2 in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' exists already; name another folder or remove it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' has %2 bits in groups of %3 and earlier layers have %4 in groups of %5; this format takes one of each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' has %2 bytes; a tokenizer's file has at most %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' has %2 bytes; files of questions have up to %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' has no beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' has no tokenizer: neither tokenizer.json nor GGUF metadata. Put the tokenizer.json of the model beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' has rows of %2 weights, which %3 cannot hold: it is written as %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' holds an unfinished run with other choices: %2. Start it again as it was, or start over with --restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' holds no questions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' holds the result of another recipe; name another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is %2 x %3, and this format needs multiples of %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is %2x%3 %4 but must be %5x%6 %7.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is a database of another program, not a project of Halftone; it is left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is a file, and the target '%2' writes a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is a folder, and the target '%2' writes a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is damaged: it lists no files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is damaged; start over with --restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is empty but must be %2x%3 %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is in the way: it holds no unfinished run. Move it, or name another folder for the result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is missing at the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is missing before '%2'</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is neither a folder nor a GGUF file; verify the folder it lies in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is no name for a file within a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is no namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is no type of the target '%2'; its types are %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is no type that can be written; known are %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is not a regular file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is not packed: `quantize` makes a packed folder of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is not part of what was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is not the folder of a model, so it is not overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is not valid JSON: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is one part of a split model. Join the parts first with llama-gguf-split --merge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is the model that is being exported; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is there already; choose another name, or say that it may be overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' lacks the reports of its layers; start over with --restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' must hold F32 or F64 but holds %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' needs %2 MB and its disk has %3 MB left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' needs a dictionary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' needs a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' was not expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' was packed in version %2 of the format; this program reads version %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1', which comes with Halftone, is in none of: %2. Is Halftone installed whole?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'in' needs a list, a dictionary or a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'join' needs a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'length' needs a text or a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'range' is longer than 10000</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'replace' needs a text to look for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'split' needs a text to split at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'tokenizer.ggml.scores' should have %1 numbers, one for each token, but has %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'tokenizer.ggml.token_type' should be an array of %1 types, one for each token, but has %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(none named)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>16 bits as in the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>16 bits, IEEE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>16 bits, brain float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Halftone folder holds the bits as they were packed; types can be chosen for GGUF only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A context of the questions has no tokens before its answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A few columns of each block get two planes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A refinement takes 0 to 100 rounds of 0 to 100 passes at a rate of 0 to 10, but the recipe asks for %1 rounds of %2 passes at %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rotation's block should be 0 (all inputs) or at least 2 inputs and its seed not negative, but they are %1 and %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text of %1 bytes without a place to split it is too long for the tokenizer; it takes less than 2 GiB at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tokenizer of the kind '%1' cannot be written to GGUF; BPE can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A turned model is written as a Hugging Face folder; quantize or export that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A weight that is kept, %1, is too large for %2 bits: set parameter_bits to 32.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A window should have 2 to %1 tokens (the model's context), but %2 were asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ARB-LLM: alternating refined binarization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About %1 minutes. Open Halftone, choose this lesson and follow it step by step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An answer has %1 tokens, but the model's context is %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An array of %1x%2 from element %3 leaves its storage of %4 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An array of %1x%2 is not in the CPU's memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An override of the recipe names no layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An unfinished job cannot be read: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An unfinished job of the project cannot be read and is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another run is writing to '%1'; wait for it or stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anywhere, or so many of each 4 or 8 neighbours, which some processors can use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As coded; 4 bits where the model is not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As packed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As stored: exact where GGUF has the type, else F16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the published code, where salient weights count as zeros and shrink the scale, or from the binary weights alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the published code, which searches on the saliency itself and takes means off, or by the paper's rules.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least one window is needed, but %1 were asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beside it lies the report, as '%1' and PDF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BiLLM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binarizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of each salient weight, at most: fewer where the largest weight needs no more levels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of each stored scale and offset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of each weight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of each weight. Activations are rounded where the result runs packed: evaluate and generate with --weights packed --activations int8-token give W8A8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits per linear weight, as papers count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits per linear weight, on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block's time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks that the weights become. For single layers: some that matter most may have a larger type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot pack '%1': %2 x %3 codes and %4 x %5 classes for a coding of %6 x %7 with %8 grids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot pack '%1': %2 x %3 weights of the raw grid '%4' for a coding of %5 x %6.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot pack '%1': a code of the grid '%2' is not below its %3 levels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot pack '%1': a scale or offset of the grid '%2' is not a finite number of %3 bits. Weights this large need 32-bit parameters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot pack '%1': a weight is in class %2 of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot pack '%1': a weight of the grid '%2' is not a finite number of %3 bits. Weights this large need 32-bit parameters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot pack '%1': the grid '%2' of %3 levels does not fit its %4 x %5 weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clamping quantile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coarser where it matters less</source>
        <translation>Gröber, wo es weniger zählt</translation>
    </message>
    <message>
        <source>Coded linear layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns that are searched and binarized together. Smaller blocks fit better and cost more bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>Dämpfung</translation>
    </message>
    <message>
        <source>Disk bits</source>
        <translation>Bit auf der Platte</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding and head take 8, 6 or 4 bits, or 0 to stay as they are, but the recipe asks for %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entropy of the codes of uniform levels; any number. Scales and tables come on top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entry %1 of the tokenizer's vocabulary should be a text and a finite number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Error of each layer over the blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors of a block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' cannot be opened: %2 files are open already. Close some models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' cannot be opened: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' has %2 bytes, but %3 bytes at offset %4 were expected. It may be cut short: copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' has more than %2 bytes, too many for a file of its kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' is not a model: expected a .safetensors or .gguf file, a model's index, or a Hugging Face folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' is not the index of a model: it has no 'weight_map'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' is not the index of a model: it has no 'weight_map'. Open its folder instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' names the shard '%2', which is no file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' of the model is missing. Download it to the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File '%1' was shortened while it was open, or a part of it could not be read: it had %2 bytes and now has %3. Open the model again from a complete copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files it was made from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fits the scales of all groups to the original weights before the walk, instead of each when it is reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder '%1' has %2 safetensors files but no model.safetensors.index.json that joins them. Download the index, or open one of the files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder '%1' has no safetensors file. Other formats, such as PyTorch's .bin, must be converted to safetensors first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder '%1' holds no model: expected safetensors files, with config.json and the tokenizer beside them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder '%1' may not be read by this user.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For recu: weights beyond the quantiles tau and 1 - tau are clamped to them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GGUF %1, compensated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF-Datei</translation>
    </message>
    <message>
        <source>GGUF has no type for %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GGUF metadata cannot hold lists of lists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPTQ folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPTQModel, transformers since 4.32 with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPTQModel, transformers since 4.32 with it, vLLM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid codes as vLLM's own compressor writes them (pack-quantized), for vLLM and transformers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid codes in the layout of AutoGPTQ and GPTQModel, which transformers and vLLM run on a GPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups fitted first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guessing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Halftone 0.1 and packaging/python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Halftone Best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Halftone PB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Halftone folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far levels are the same for all rows: 0 fits them to each row's size, 1 gives large rows more bits and small ones fewer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many fixed levels, for Lloyd spacing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much coarser the levels of columns are whose errors later columns make up for: 0 gives all columns the same levels, 1 spends bits as theory has it.</source>
        <translation>Um wie viel gröber die Stufen von Spalten sind, deren Fehler spätere Spalten ausgleichen: 0 gibt allen Spalten dieselben, 1 verteilt die Bits, wie es die Theorie will.</translation>
    </message>
    <message>
        <source>How much of the differences between input channels moves into the weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often levels and signs are refined in turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How they move to later blocks: by the diagonal alone, as published, or exactly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hugging Face folder</source>
        <translation>Hugging-Face-Ordner</translation>
    </message>
    <message>
        <source>Input columns that share a scale. Smaller groups fit better and cost more bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its head is no longer the embedding, and stands apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its %1 files were read again and have the checksums that they were written with. Halftone does not run this format itself, so what it predicts is not compared.</source>
        <translation>Ihre %1 Dateien wurden wieder gelesen und haben die Prüfsummen, mit denen sie geschrieben wurden. Halftone selbst führt dieses Format nicht aus; Vorhersagen sind daher nicht verglichen.</translation>
    </message>
    <message>
        <source>These files are not as they were written: %1. The disk may be failing.</source>
        <translation>Diese Dateien sind nicht so, wie sie geschrieben wurden: %1. Der Datenträger ist vielleicht defekt.</translation>
    </message>
    <message>
        <source>Its headers were read back, but it cannot be run here to compare: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its zero points are not all in the middle, which needs version 2 of the format: GPTQModel reads it, and takes such a folder of another program in version 1 for ambiguous; older readers may not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL divergence from the original, and same most likely token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL divergence from the original, mean per token (nats)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL divergence, 99th percentile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Lets the weights that are rounded later make up for the errors of those before (GPTQ).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels by the weights' error, by the output error on the calibration text, or scales of rows and columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels for Gaussian weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels reach equally far to both sides of zero, which saves the offsets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1 of '%2'</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1 of '%2' should begin six lines: a context, the number of the right ending from 0 to 3, and four endings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magnitude pruning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on '%1': %2 windows of %3 tokens, %4 predictions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge %1 of 'tokenizer.ggml.merges' should be two tokens with a space between them but is %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge %1 of the tokenizer is not two tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge %1 of the tokenizer needs the token '%2', which is not in its vocabulary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge %1 of the tokenizer should be two tokens but is %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metadata '%1' of %2 has the unknown type %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metadata '%1' of %2 is nested more than %3 levels deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method '%1' can spend %2 to %3 bits for each weight of this model, but the budget is %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method '%1' has no parameter by which a budget of bits could be spent layer by layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method '%1' has no parameter by which a run could be steered to %2 bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Migration strength</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No temporary folder can be made: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tensor of the file has a name like '%1', for which %2 was asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nominal bits</source>
        <translation>Nominelle Bit</translation>
    </message>
    <message>
        <source>Norms, biases and file headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers of the factorization and the column walk. fp64 does not depend on the order of the calibration text; fp32 is faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file for llama.cpp, Ollama, LM Studio and whatever else is built on ggml.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One scale for each row, or one for every group of columns of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One threshold for the matrix and one binary scale for each row, or one of each for every group of columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened again and compared over %1 tokens: perplexity %2, before %3; the most likely token is the same in %4 of them, KL divergence %5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Other weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PB-LLM: partial binarization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partial binarization at its best: signs and a few salient weights, each kept because a sign would represent it badly. salient_ratio sets the size. Slow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partial binarization in units of rows and columns</source>
        <translation>Teilweise Binarisierung in Einheiten der Zeilen und Spalten</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perplexity of the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perplexity of the packed model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain 16-bit weights for transformers, vLLM and all that reads such folders: it runs everywhere and is not small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain binarizers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projects cannot be kept: Qt's SQLite driver is not installed (libqt6sql6-sqlite).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt and new text have %1 tokens, but the model's context is %2. Ask for fewer tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt and new text have %1 tokens, but there is room for %2. Ask for fewer tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propagate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pruned weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Published, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions answered without examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Relative error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right, by likelihood per byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round to nearest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rounds the inputs that carry most first, while the others can still make up for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows %1 to %2 of '%3' were asked for in a space of %4 numbers; it has %5 x %6.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows alike</source>
        <translation>Zeilen gleich</translation>
    </message>
    <message>
        <source>Run '%1' of the project cannot be read and is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saliency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salient</source>
        <translation>Bedeutend</translation>
    </message>
    <message>
        <source>Salient bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salient columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salient range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salient weights</source>
        <translation>Bedeutende Gewichte</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scales over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score %1 of 'tokenizer.ggml.scores' is not a finite number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Share of the Hessian's mean diagonal that is added to it. More trusts the calibration text less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the weights that become zero; a pattern sets its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the weights that keeps many bits; all others become binary. More is better and larger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the weights that keeps many bits; all others become binary. More is better and larger. Compensation and refinement may change it a little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single weights, which need a mask, or whole input columns, which need next to none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small and large weights have levels of their own, at a bit a weight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SmoothQuant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SparseGPT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split by size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored as they are, in as many bits as scales have, or rounded to so many bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Symmetric</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' (%2) does not fit into memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' appears twice in '%2'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' came to %2 bytes instead of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' has %2 columns and its Hessian is %3 x %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' has %2 columns and its factored Hessian %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' has %2 elements, but the config needs %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' has no Hessian, which this method needs with these settings: calibrate first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' has rows of %2 bytes, which %3 does not divide into.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' has rows of %2 elements, which is not a multiple of the %3 that %4 codes together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' holds %2 values, not floating-point numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' holds %2, which are no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' holds a value that is not finite in row %2: a damaged model cannot be quantized.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 begins at byte %3 of the data, but the one before it ends at %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 begins at byte %3, which is not a multiple of %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 claims %3 dimensions; at most %4 are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 ends at byte %3 of the data, but another begins at %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has %3 elements of type %4, but %5 bytes are set aside for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has a shape whose product is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has rows of %3 elements, which is not a multiple of the %4 that %5 codes together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the type %3, which is not supported. Requantize the model to one of F16, Q8_0, Q6_K, Q5_K, Q4_K.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the type '%3', which is not supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the type number %3 with the size of %4, which only a fork of llama.cpp writes; it is not supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the unknown type number %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 lies at bytes %3 to %4, but there are %5 bytes of data. The file may be cut short: copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 reaches to byte %3 of the data, but there are %4. The file may be cut short: copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' is %2 x %3: there is nothing to quantize.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' is %2x%3 in the file but the config needs %4x%5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' is both in '%2' and in '%3'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' is missing from '%2'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' is of the unknown type '%2'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' is packed, but '%2' is not a packed folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor '%1' is said to have %2 rows of %3 columns in Q8_0, and has %4 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ternary weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That of the original: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The GPU's precision should be auto or full, but the recipe asks for '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Hessian of '%1' is not positive definite, so its drift cannot be corrected; calibrate on more text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Hessian of layer '%1' holds values that are not finite: the model's activations overflow on the calibration text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Hessian of layer '%1' is %2 x %3 instead of square.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Hessian of layer '%1' is not positive definite, even with a damping of %2. Calibrate on more text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backend should be auto, cpu or vulkan, but the recipe asks for '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The calibration text has no window left to judge the result on; name an evaluation text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The calibration's seed should be 0 (the first windows of the text) or a whole number above, but it is %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template cannot be read, line %1: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template fails, line %1: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template has %1 bytes; up to %2 are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template refuses this conversation: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template takes more than %1 steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The codes become plain floats again: the result computes what the packed model computes, and is as large as the original.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device '%1' cannot multiply with packed matrices; the CPU can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The drift correction's damping should be above 0 and at most 100, but it is %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The drift correction's residual share should be from 0 to 1, but it is %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The drift correction's strength should be from 0 to 1, but it is %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The errors of the layers appear here as they are coded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The field '%1' of the tokenizer's '%2' should be %3 but is %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finished folder '%1' cannot be renamed to '%2'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '%1' cannot be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '%1' cannot be made; have you the right to write there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '%1' cannot be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '%1' for the project cannot be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '%1' that should hold the result does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of %1 claims %2 bytes, but the file has only %3. It may be cut short: copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of %1 claims %2 bytes; at most %3 are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of %1 does not begin with '{'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of %1 ends too early: %2 bytes at byte %3 were expected, %4 are left. Copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of %1 is malformed at '%2': %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of %1 is malformed: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index '%1' names no file for tensor '%2'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index '%1' puts tensor '%2' into '%3', which is not a file within the model's folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index '%1' says that tensor '%2' is in '%3', but it is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key '%1' cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layers have %1 bits, which '%2' does not store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layers have zero points: compressed-tensors itself reads them, but transformers 5.24 with compressed-tensors 0.20 refuses such folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The least loss for the bytes: rotated weights on uniform levels, entropy-coded. target_bits sets the size. Slow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson '%1' has no title or no steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson '%1' is damaged: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson asks for a picture '%1', which this program does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson asks for row %1 of '%2', which has %3 rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The matrix has %1 columns but %2 column weights were given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The metadata '%1' is %2, which GGUF cannot hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The metadata '%1' mixes %2 and %3 in one list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The metadata '%1' should have %2 characters and has %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model '%1' predicts values that are not finite in window %2: it is damaged, or its activations overflow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model '%1' predicts values that are not finite: it is damaged, or its activations overflow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has a vocabulary of %1 tokens and the reference one of %2: they cannot be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is coded already: turn the original, and quantize that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The original names none in its files: see where it came from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The original: right, per byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The override for '%1' matches no linear layer; they are named like '%2'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packed bits themselves, with report, model card and checksums: smallest, and read by Halftone and its reader in Python.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packed matrix '%1' has %2 weights of a rarer class; up to 2^32 can be run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packed matrix '%1' has format version %2, this program reads versions up to %3. A newer Halftone may open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packed matrix '%1' has wrapper version %2, this program reads version %3. A newer Halftone may open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packed matrix '%1' is damaged: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packed matrix '%1' is not in a form that products read; it has to be expanded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The perplexity rose more than threefold: expect broken text. More salient weights or a better method help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures show where in a matrix the squared error lies: rows down, columns across, dark where it is large, each in a logarithmic scale of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pre-tokenizer '%1' (tokenizer.ggml.pre) is not known here; known are %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project '%1' cannot be made: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project '%1' cannot be opened: %2. Nothing of this session is kept in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project '%1' could not be saved: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project '%1' is damaged (%2). It is left as it is and nothing of this session is kept in it; move it away to begin a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project '%1' is open in another Halftone: it can be looked at here, but new runs and notes are not kept. Close the other one and open the project again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project '%1' may not be written by this user: new runs and notes are not kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project '%1' was made by a newer Halftone (version %2, this one writes %3): new runs and notes are not kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt is empty; the model needs at least one token to go on from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provenance of '%1' names '%2', which is no file within it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe '%1' cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe has version %1, but this program knows version %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe's %1 has the unknown key '%2'; known are %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe's %1 should be an object in braces, but it is %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe's '%1' should be %2, but it is %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe's drift 'skip' should list some of %1, but it holds %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe's override for '%1' is no pattern: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is damaged: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The result is larger than the original file: fewer salient weights or salient bits make it smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The result will be larger than the original file (%1 MB instead of %2 MB): fewer salient weights or salient bits make it smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run needs about %1 GB of memory, but this machine has %2 GB: fewer or shorter calibration windows need less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same model in another basis, which is folded into its weights: for quantizing, in any format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scale of least error, or by the rules of Ternary Weight Networks or BitNet b1.58.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting '%1' of %2 is %3; expected is %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings of %1 are %2 instead of an object of values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The state of the unfinished run in '%1' is damaged; start over with --restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tensors of %1 end at byte %2 of the data, but it has %3 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text '%1' cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text '%1' gives %2 windows of %3 tokens, but %4 were asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text '%1' gives %2 windows of %3 tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text '%1' has %2 tokens, too few for any window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text '%1' has %2 tokens, too few for one window of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text '%1' has no room for calibration windows of %2 tokens beside those it is judged on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text '%1' is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text could not be brought into Unicode normal form: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text has %1 tokens, but the model's context is %2. Take a shorter one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text is longer than the %1 tokens there is room for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer '%1' (tokenizer.ggml.model) is not known here; known are gpt2 and llama.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer cannot be said in GGUF's terms: its beginning or end token would differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer cannot be said in GGUF's terms: the same text would get other token ids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer cuts its words in a way that llama.cpp has no name for, so this model cannot become a GGUF file that it would read rightly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer has no token for %1 and no unknown token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer is not carried over: %1 Copy it from the original's folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer joins a Unigram model with a ByteLevel pre_tokenizer, which is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer splits with the behaviour '%1', which is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's %1 is nested more than %2 deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's %1 is of the kind '%2', which is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's %1 replaces or splits at an empty text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's %1 should be a whole number from 0 to %2 but is %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's decoder has '%1' in a place or with values that are not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's decoder replaces an empty text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's expression '%1' is not a regular expression: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's expression '%1' needs too many steps on this text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's expression '%1' uses %2, which this program cannot run exactly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's model is of the kind '%1', which is not known here; known are BPE and Unigram.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's model sets '%1', which is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's post_processor names no 'cls' token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's pre_tokenizer has '%1' behind ByteLevel, which should be last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's unknown token %1 is not in its vocabulary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's vocabulary has %1 tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer's vocabulary has %1 twice, as token %2 and as token %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The turned weights are rounded to 16 bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The type %1 can be read but not written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unfinished run cannot go on (start over with --restart): %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unfinished run in '%1' cannot be removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no GPU among the Vulkan devices (halftone-cli devices lists them); use --backend cpu, or name one as vulkan:0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no Vulkan device; use --backend cpu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no device '%1'; halftone-cli devices lists what there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no export target '%1'; there are %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file or folder '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no preset '%1'; there are %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no quantization method '%1'; there are %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no report in '%1': `quantize` leaves one in each packed folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no setting '%1' in %2; it has %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for an array of %1x%2 (%3 MiB). Close other programs or choose a smaller model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing at '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This GGUF file holds the result of its rope scaling and not the rule, which config.json would need; export from the original folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Halftone was built without the Vulkan backend; use --backend cpu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model scales attention by a factor of its own beside YaRN, which llama.cpp takes from its own rule: compare the texts they write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system's OpenSSL offers no SHA-256.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold and scales over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To make it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token %1 is not in the vocabulary of %2 tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token %1 is outside the model's vocabulary of %2: the tokenizer does not belong to this model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token %1 of 'tokenizer.ggml.tokens' should be a string but is %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token %1 of the tokenizer is both %2 and %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens with the same most likely continuation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries narrower ranges and takes the one with the least error; slower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Types of single tensors, of embedding and head can be chosen for GGUF only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Types that would make it small</source>
        <translation>Typen, die es klein machten</translation>
    </message>
    <message>
        <source>Uniform levels, as many as an entropy coder needs for the wished bits, or a few fixed levels of least error, which need no entropy coder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanda: pruning by weights and activations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of '%1' are too large for scales of %2 bits: set parameter_bits to 32.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What '%1' was coded to does not fit into blocks of %2: turn off what changes scales after the method.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What makes a column salient: the size of its weights, or the output error that losing them would cause on the calibration text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What makes a weight salient: its size, the output error that losing it would cause on the calibration text, or its size times that of its inputs (Wanda).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the bytes are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the grid of the salient weights spans all weights of the row, as published, or the salient ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose forward pass: bnn and fda give plain signs, the others signs with a scale for each row, xnor and recu after taking off the row's mean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows have %1 tokens, the longest that this model reads at once.</source>
        <translation>Fenster haben %1 Token, mehr liest dieses Modell nicht auf einmal.</translation>
    </message>
    <message>
        <source>Windows have %1 tokens: the text '%2' has no more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written by %1 as %2, type %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a class has %1 levels in %2 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a class of %1 levels with encoding %2 has parts that contradict it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a code of tile %1 is not below the %2 levels of its class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a coding has %1 grids; 1 to 4 are possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a coding with %1 grids does not say which weight uses which.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a column is in class %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a column is in group %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a comment is not closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a grid has %1 levels; 1 to 256 are possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a grid of %1 levels has a table of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a grid's scale is %1x%2 and its offset %3x%4 but the coding needs %5x%6.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a key appears twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a level is not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list is not expected here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list or dictionary cannot be printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a loop over %1 names needs lists of as many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a mask marks class %1 with parameter %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a mask needs more than the %1 bytes it has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a mask of its %1 columns takes %2 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name is missing before '%1'</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name of %1 bytes is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number grows too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number is not expected here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a scale or offset is not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a scale spans %1 columns of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a slice needs whole numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a stored weight is not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a symbol of column %1 is of another class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tag is not closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text grows beyond %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text is not closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text is not expected here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a value grows beyond %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a weight is in class %1 but there are only %2 grids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number from %1 to %2 in steps of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>allocate: an array of %1x%2 is not possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an argument without a name follows one with a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an expression has more than %1 parts in a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an object in braces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bit</translation>
    </message>
    <message>
        <source>bits per linear weight in these files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits per linear weight of the packed model, nominal and on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits per weight</source>
        <translation>Bits je Gewicht</translation>
    </message>
    <message>
        <source>block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>Block %1</translation>
    </message>
    <message>
        <source>block %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block %1, window %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be used: it lacks %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checksums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>codes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns %1 to %2 are not in a matrix of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compressed-tensors folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dtype, shape and two data_offsets are needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error added, measured on one layer</source>
        <translation>zusätzlicher Fehler, an einer Schicht gemessen</translation>
    </message>
    <message>
        <source>error, %</source>
        <translation>Fehler, %</translation>
    </message>
    <message>
        <source>figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>instead of %1 on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it appears twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it claims %1 rows and %2 columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it claims %1 rows and %2 columns in %3 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not begin with a header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it ends within its header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has %1 classes with membership %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has %1 masks for %2 classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has more than a scale and an offset in each group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has parts that its version %1 does not know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is coded in another basis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is nested deeper than %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is nested more than %1 levels deep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is nested too deep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not coded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is wrapped twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its classes need more than the %1 bytes it has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its codes have encoding %1, this version reads encodings 0 to 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header says another length than its %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its kind '%1' is not byte-level BPE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its levels are not evenly spaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its levels do not hold zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its parts need %1 bytes and it has %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its scales have %1 bits instead of 16 or 32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its streams do not fill their space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its symbols do not fit its %1 x %2 weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its tiles have %1 rows of %2 columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its weights are in %1 classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its wrapper is longer than what it holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its wrapper says another length than its %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linear layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp does not know this model's sliding window of %1 tokens: beyond it the file attends to more than the original.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp has no architecture for '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp has no dynamic rope scaling; this model cannot become a GGUF file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp since April 2026</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp since July 2026</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp since May 2024</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp since October 2023 (GGUF version 3), and what is built on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp since September 2024</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask %1 is of kind %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>matrix units (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>metadata entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method '%1'</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no fp64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norms, biases, tokenizer and names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>null is not expected here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only 'set name = value' is supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only lists and dictionaries can be gone over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only lists and texts have slices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per coded weight on disk (nominal %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perplexity (original %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perplexity of the original there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perplexity of the packed model on '%1', %2 windows of %3 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>plain instructions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queries %1 to %2 with a window of %3 do not fit %4 keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runs on the processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scales</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slices of texts beyond ASCII are not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slices with steps are not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something undefined is asked for a part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>squared error from %1 to %2 of the mean squared weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steer_bits should be 0 (none) or at most 16 bits, but it is %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the GGUF metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the classes are %1x%2 but the coding is %3x%4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the classes of its %1 columns take %2 bytes instead of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the codes of a class need %1 bytes and it has %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the escape '\%1' is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the extent %1 is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the filter '%1' is given something undefined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the filter '%1' is not supported here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the frequencies of context %1 do not add up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the function '%1' is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the grid '%1' has more than scale, offset and levels: its method codes it itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key '%1' appears twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key '%1' is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the list is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mask of tile %1 does not hold the %2 marks it claims</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the method '%1' is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the method '%1' is not supported here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the negative number %1 is not expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the number %1 is not a whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the number %1 is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the prompt grows beyond %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the recipe '%1'</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same text would get other token ids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the sign '%1' is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the statement '%1' is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the symbols of tile %1 do not end where they should</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the test '%1' is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the tiles of a mask need %1 bytes and it has %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the words of its pre-tokenizer '%1' cannot be told in tokenizer.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are shares of %1 columns for weights of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tile %1 claims %2 marks among %3 weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1 is not in the vocabulary of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token_clip should be 0 (none) or a factor up to a million, but it is %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transformers has no architecture for '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transformers since %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transformers with compressed-tensors 0.20 or later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transformers, vLLM and others that read safetensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true or false is not expected here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tuples are not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two masks mark class %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two masks mark column %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>vLLM, and transformers since 4.45 with compressed-tensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>values in '%1'</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>window %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x has %1 columns, heads are %2 wide and %3 pairs of each are turned; whole heads with room for the pairs are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>–</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::BudgetDialog</name>
    <message>
        <source>%1 of each layer below. It costs about %2 (now %3), %4 bits per weight on disk, and %5 to make.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Each layer is disturbed in turn, to see how much the model feels it; what it feels most gets most bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit a budget</source>
        <translation>In ein Budget einpassen</translation>
    </message>
    <message>
        <source>Fit in</source>
        <translation>Einpassen in</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>MB in all</source>
        <translation>MB im Ganzen</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Progress of the spreading</source>
        <translation>Fortschritt des Verteilens</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Verteilen</translation>
    </message>
    <message>
        <source>The method '%1' has nothing by which bits could be spent layer by layer. Choose PB-LLM or another with a salient ratio, or one of the presets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as recipe</source>
        <translation>Als Rezept nehmen</translation>
    </message>
    <message>
        <source>What each kind of layer gets</source>
        <translation>Was jede Art von Schicht bekommt</translation>
    </message>
    <message>
        <source>What the budget counts</source>
        <translation>Was das Budget zählt</translation>
    </message>
    <message>
        <source>bits per weight on disk</source>
        <translation>Bit je Gewicht auf der Platte</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>in block</source>
        <translation>in Block</translation>
    </message>
</context>
<context>
    <name>halftone::BudgetField</name>
    <message>
        <source>Fit in</source>
        <translation>Einpassen in</translation>
    </message>
    <message>
        <source>Spreads bits over the layers by how much the model feels each, so that the result has this size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any size, or 2.5 bits, 60 MB</source>
        <translation>beliebig, oder 2,5 bits, 60 MB</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bit</translation>
    </message>
</context>
<context>
    <name>halftone::ChartPane</name>
    <message>
        <source>%1, as a table</source>
        <translation>%1, als Tabelle</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>Numbers (*.csv)</source>
        <translation>Zahlen (*.csv)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>Diagramm sichern</translation>
    </message>
    <message>
        <source>Saves the picture (PNG, SVG) with its numbers beside it, or the numbers alone (CSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Sichern…</translation>
    </message>
    <message>
        <source>Shows the numbers of the chart</source>
        <translation>Zeigt die Zahlen des Diagramms</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation>Was das Diagramm zeigt</translation>
    </message>
</context>
<context>
    <name>halftone::ChartTableModel</name>
    <message>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>±</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::ChartView</name>
    <message>
        <source> ± %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2; %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::CommandPalette</name>
    <message>
        <source>%1    (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 › %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle suchen</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Schreiben, was getan werden soll</translation>
    </message>
</context>
<context>
    <name>halftone::ComparePage</name>
    <message numerus="yes">
        <source>Best of %n: '%1' with %2 at %3.</source>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <source>Bits per weight on disk</source>
        <translation>Bit je Gewicht auf der Platte</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>Wahl</translation>
    </message>
    <message>
        <source>Choices in which the runs differ</source>
        <translation>Worin sich die Läufe unterscheiden</translation>
    </message>
    <message>
        <source>Choices in which these runs differ:</source>
        <translation>Worin sich diese Läufe unterscheiden:</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Errors of the layers, run by run</source>
        <translation>Fehler der Schichten, Lauf für Lauf</translation>
    </message>
    <message>
        <source>Errors within one method can be compared; across methods, perplexity and divergence decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Hollow marks from papers, of their models and texts, at the bits as stored. They show on bits per weight and perplexity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL-Divergenz</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>No runs yet. Start one on the right, or press Sweep… to compare several salient ratios at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Published figures</source>
        <translation>Veröffentlichte Zahlen</translation>
    </message>
    <message>
        <source>Quality against size</source>
        <translation>Güte gegen Größe</translation>
    </message>
    <message>
        <source>Quality figure</source>
        <translation>Maß der Güte</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Rezepte</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Right-click to choose columns</source>
        <translation>Rechtsklick wählt Spalten</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs that differ in their seed alone are one mark: their mean, with a bar of one standard deviation between them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs that judged their result appear here.</source>
        <translation>Läufe, die ihr Ergebnis beurteilt haben, erscheinen hier.</translation>
    </message>
    <message>
        <source>Runs the recipe at several salient ratios</source>
        <translation>Führt das Rezept bei mehreren Anteilen aus</translation>
    </message>
    <message>
        <source>Select runs below.</source>
        <translation>Läufe unten auswählen.</translation>
    </message>
    <message>
        <source>Select several runs to see how they differ. Names and notes are edited with F2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select two runs or more to see in which choices they differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size figure</source>
        <translation>Maß der Größe</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>Größe auf der Platte</translation>
    </message>
    <message>
        <source>Sweep…</source>
        <translation>Durchlauf…</translation>
    </message>
    <message>
        <source>Takes the selected runs out of the project; their folders stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These runs were made with the same choices.</source>
        <translation>Diese Läufe wurden mit denselben Wahlen gemacht.</translation>
    </message>
    <message>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <source>bits per weight on disk</source>
        <translation>Bit je Gewicht auf der Platte</translation>
    </message>
    <message>
        <source>error, %</source>
        <translation>Fehler, %</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>size on disk, MB</source>
        <translation>Größe auf der Platte, MB</translation>
    </message>
</context>
<context>
    <name>halftone::CurveView</name>
    <message>
        <source>From %1 of error at %2 bits to %3 at %4 bits; now %5 at %6 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer error against bits on disk</source>
        <translation>Schichtfehler gegen Bit auf der Platte</translation>
    </message>
    <message>
        <source>Select a matrix to see its error at every ratio</source>
        <translation>Eine Matrix wählen, um ihren Fehler bei jedem Anteil zu sehen</translation>
    </message>
    <message>
        <source>bits on disk</source>
        <translation>Bit auf der Platte</translation>
    </message>
    <message>
        <source>error, at most %1</source>
        <translation>Fehler, höchstens %1</translation>
    </message>
</context>
<context>
    <name>halftone::EstimateLine</name>
    <message>
        <source>%1 bits per weight on disk</source>
        <translation>%1 Bit je Gewicht auf der Platte</translation>
    </message>
    <message>
        <source>About &lt;b&gt;%1&lt;/b&gt; (now %2), &lt;b&gt;%3&lt;/b&gt;, needs %4 of memory&lt;br&gt;%5 bits per weight on disk, %6 nominal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimating size, memory and time…</source>
        <translation>Größe, Speicher und Zeit werden geschätzt…</translation>
    </message>
    <message>
        <source>Fitted to &lt;b&gt;%1&lt;/b&gt; by how much the model feels each layer, which is measured first; then about &lt;b&gt;%2&lt;/b&gt;, needs %3 of memory (now %4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size, memory and time of the run</source>
        <translation>Größe, Speicher und Zeit des Laufs</translation>
    </message>
</context>
<context>
    <name>halftone::ExportPage</name>
    <message>
        <source>%1 (result, %2)</source>
        <translation>%1 (Ergebnis, %2)</translation>
    </message>
    <message>
        <source>%1 (the open model, %2)</source>
        <translation>%1 (das offene Modell, %2)</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 statt %2</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>How the weights are stored</source>
        <translation>Wie die Gewichte gespeichert werden</translation>
    </message>
    <message>
        <source>In the queue; its result appears here.</source>
        <translation>In der Warteschlange; das Ergebnis erscheint hier.</translation>
    </message>
    <message>
        <source>Nothing: the weights are taken over as they are.</source>
        <translation>Nichts: Die Gewichte werden übernommen, wie sie sind.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>Gelesen von</translation>
    </message>
    <message>
        <source>Result of the export</source>
        <translation>Ergebnis des Exports</translation>
    </message>
    <message>
        <source>The same export, to be typed in a terminal</source>
        <translation>Derselbe Export als Befehl für ein Terminal</translation>
    </message>
    <message>
        <source>The same model in another basis, which is folded into its weights: what quantizes it loses less where some inputs are far larger than others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To know</source>
        <translation>Wissenswert</translation>
    </message>
    <message>
        <source>Turn the weights for quantizing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights as</source>
        <translation>Gewichte als</translation>
    </message>
    <message>
        <source>What is lost</source>
        <translation>Was verloren geht</translation>
    </message>
    <message>
        <source>What the export weighs, who reads it and what is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Where to write</source>
        <translation>Wohin geschrieben wird</translation>
    </message>
    <message>
        <source>Working out what it weighs…</source>
        <translation>Es wird ermittelt, was es wiegt…</translation>
    </message>
    <message>
        <source>bits per linear weight</source>
        <translation>Bit je linearem Gewicht</translation>
    </message>
    <message>
        <source>what suits the model best</source>
        <translation>was zum Modell am besten passt</translation>
    </message>
</context>
<context>
    <name>halftone::HeatmapView</name>
    <message>
        <source>Arrow keys move the cursor, with Shift the map; plus and minus zoom, 0 shows all. Hold B for the original; S puts a line between both, which the arrow keys move.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>Zeiger</translation>
    </message>
    <message>
        <source>Map of the weights</source>
        <translation>Karte der Gewichte</translation>
    </message>
    <message>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>rows %1 to %2, columns %3 to %4</source>
        <translation>Zeilen %1 bis %2, Spalten %3 bis %4</translation>
    </message>
    <message>
        <source>this layer</source>
        <translation>diese Ebene</translation>
    </message>
</context>
<context>
    <name>halftone::HistogramView</name>
    <message>
        <source>%1 to %2: %3 weights</source>
        <translation>%1 bis %2: %3 Gewichte</translation>
    </message>
    <message>
        <source>From %1 to %2, mean %3, standard deviation %4</source>
        <translation>Von %1 bis %2, Mittel %3, Standardabweichung %4</translation>
    </message>
    <message>
        <source>Histogram of the weights</source>
        <translation>Histogramm der Gewichte</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Es wird gemessen…</translation>
    </message>
    <message>
        <source>No finite values</source>
        <translation>Keine endlichen Werte</translation>
    </message>
    <message>
        <source>dashed: mean ± standard deviation</source>
        <translation>gestrichelt: Mittel ± Standardabweichung</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
</context>
<context>
    <name>halftone::Inspector</name>
    <message>
        <source>%1: inherits from its kind</source>
        <translation>%1: erbt von seiner Art</translation>
    </message>
    <message>
        <source>%1: inherits from the model</source>
        <translation>%1: erbt vom Modell</translation>
    </message>
    <message>
        <source>All linear layers; kinds and layers may differ</source>
        <translation>Alle linearen Schichten; Arten und Schichten dürfen abweichen</translation>
    </message>
    <message>
        <source>Copy to every block</source>
        <translation>In jeden Block kopieren</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Open, save, copy the recipe; undo</source>
        <translation>Rezept öffnen, sichern, kopieren; rückgängig machen</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>To this block</source>
        <translation>In diesen Block</translation>
    </message>
    <message>
        <source>What is set for this layer alone holds for its kind in every block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is set for this layer alone holds for the other layers of its block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the settings are for</source>
        <translation>Wofür die Einstellungen gelten</translation>
    </message>
    <message>
        <source>⋯</source>
        <translation>⋯</translation>
    </message>
</context>
<context>
    <name>halftone::JobDrawer</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>Beendete entfernen</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Ends the job; finished blocks stay on disk</source>
        <translation>Beendet den Auftrag; fertige Blöcke bleiben auf der Platte</translation>
    </message>
    <message>
        <source>Errors of the layers</source>
        <translation>Fehler der Schichten</translation>
    </message>
    <message>
        <source>Goes on from the last finished block</source>
        <translation>Geht beim letzten fertigen Block weiter</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Log of the job</source>
        <translation>Protokoll des Auftrags</translation>
    </message>
    <message>
        <source>Moves the job down in the queue</source>
        <translation>Rückt den Auftrag in der Schlange nach hinten</translation>
    </message>
    <message>
        <source>Moves the job up in the queue</source>
        <translation>Rückt den Auftrag in der Schlange nach vorn</translation>
    </message>
    <message>
        <source>No Vulkan device was found: everything runs on the processor.</source>
        <translation>Kein Vulkan-Gerät gefunden: alles läuft auf dem Prozessor.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Stops a running job until it is resumed; a waiting one is passed by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes ended jobs from the list; results stay</source>
        <translation>Nimmt beendete Aufträge aus der Liste; Ergebnisse bleiben</translation>
    </message>
    <message>
        <source>Where new jobs run</source>
        <translation>Wo neue Aufträge laufen</translation>
    </message>
    <message>
        <source>best device</source>
        <translation>bestes Gerät</translation>
    </message>
</context>
<context>
    <name>halftone::JobRunner</name>
    <message>
        <source>%1: error %2, %3 bits on disk</source>
        <translation>%1: Fehler %2, %3 Bit auf der Platte</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>Fortgesetzt</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>The run failed: %1.</source>
        <translation>Der Lauf ist gescheitert: %1.</translation>
    </message>
</context>
<context>
    <name>halftone::JobStrip</name>
    <message>
        <source>%1, %2 left</source>
        <translation>%1, noch %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n jobs stand until they are resumed: open Jobs</source>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled; Start goes on from the last finished block</source>
        <translation>Abgebrochen; Start geht beim letzten fertigen Block weiter</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Gescheitert: %1</translation>
    </message>
    <message>
        <source>Finished in %1: %2</source>
        <translation>Fertig in %1: %2</translation>
    </message>
    <message>
        <source>Finished: %1</source>
        <translation>Fertig: %1</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Jobs (%L1)</source>
        <translation>Aufträge (%L1)</translation>
    </message>
    <message>
        <source>No run</source>
        <translation>Kein Lauf</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Show result</source>
        <translation>Ergebnis zeigen</translation>
    </message>
    <message>
        <source>Shows the queue of jobs, their layers and logs</source>
        <translation>Zeigt die Schlange der Aufträge, ihre Schichten und Protokolle</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>The run failed; what is done is kept and Start goes on from there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is running</source>
        <translation>Was läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
</context>
<context>
    <name>halftone::JobTableModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cancelled; what is done is kept</source>
        <translation>Abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Finished in %1</source>
        <translation>Fertig in %1</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation>Angehalten bei %1</translation>
    </message>
    <message>
        <source>Stands until resumed</source>
        <translation>Steht, bis er fortgesetzt wird</translation>
    </message>
    <message>
        <source>Stands until resumed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>halftone::LayerMap</name>
    <message>
        <source>%1; of every other row until released</source>
        <translation>%1; bis zum Loslassen nur jede zweite Zeile</translation>
    </message>
    <message>
        <source>A run leaves this tensor as it is: choose a linear layer of a block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>Wird berechnet…</translation>
    </message>
    <message>
        <source>Measuring the Hessians of the original model, %1 done…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensors of type %1 hold no weights to show.</source>
        <translation>Tensoren vom Typ %1 haben keine Gewichte, die man zeigen könnte.</translation>
    </message>
    <message>
        <source>This file is no model that can be run: only its weights can be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This method has no salient weights.</source>
        <translation>Dieses Verfahren kennt keine bedeutenden Gewichte.</translation>
    </message>
    <message>
        <source>This needs the Hessians of the original model: Measure, on the right, about %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as before, solving…</source>
        <translation>wie zuvor, wird gelöst …</translation>
    </message>
    <message>
        <source>as before, until released</source>
        <translation>wie zuvor, bis zum Loslassen</translation>
    </message>
    <message>
        <source>compensated, on the original's Hessian</source>
        <translation>ausgeglichen, auf der Hesse-Matrix des Originals</translation>
    </message>
    <message>
        <source>on the original's Hessian</source>
        <translation>auf der Hesse-Matrix des Originals</translation>
    </message>
    <message>
        <source>on the original's Hessian, without compensation</source>
        <translation>auf der Hesse-Matrix des Originals, ohne Ausgleich</translation>
    </message>
    <message>
        <source>salient by magnitude, until the Hessian is measured</source>
        <translation>bedeutend nach Betrag, bis die Hesse-Matrix gemessen ist</translation>
    </message>
    <message>
        <source>salient by magnitude: data-free</source>
        <translation>bedeutend nach Betrag: ohne Daten</translation>
    </message>
    <message>
        <source>salient by the original's Hessian</source>
        <translation>bedeutend nach der Hesse-Matrix des Originals</translation>
    </message>
    <message>
        <source>uncompensated until released</source>
        <translation>ohne Ausgleich bis zum Loslassen</translation>
    </message>
    <message>
        <source>uncompensated, solving…</source>
        <translation>ohne Ausgleich, wird gelöst…</translation>
    </message>
    <message>
        <source>without compensation: data-free</source>
        <translation>ohne Ausgleich: ohne Daten</translation>
    </message>
</context>
<context>
    <name>halftone::LayerTableModel</name>
    <message>
        <source>Damping</source>
        <translation>Dämpfung</translation>
    </message>
    <message>
        <source>Disk bits</source>
        <translation>Bit auf der Platte</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Nominal bits</source>
        <translation>Nominelle Bit</translation>
    </message>
    <message>
        <source>Salient</source>
        <translation>Bedeutend</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Share of the layer's output that is lost: tr(E H Eᵀ) / tr(W H Wᵀ)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the mean diagonal that was added to the Hessian</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::LegendBar</name>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1 von %2 bis %3</translation>
    </message>
    <message>
        <source>%1, logarithmic</source>
        <translation>%1, logarithmisch</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
</context>
<context>
    <name>halftone::LessonPanel</name>
    <message>
        <source>%1 (%2 min)</source>
        <translation>%1 (%2 min)</translation>
    </message>
    <message>
        <source>'%1' is no state of a lesson.</source>
        <translation>'%1' ist kein Stand einer Lektion.</translation>
    </message>
    <message>
        <source>'%1' speaks of a lesson '%2', which is not here.</source>
        <translation>'%1' spricht von einer Lektion '%2', die es hier nicht gibt.</translation>
    </message>
    <message>
        <source>A state file to hand out: lesson, step and slider</source>
        <translation>Ein Stand zum Weitergeben: Lektion, Schritt und Regler</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Closes the guide</source>
        <translation>Schließt die Führung</translation>
    </message>
    <message>
        <source>Compressed</source>
        <translation>Verkleinert</translation>
    </message>
    <message>
        <source>Goes where a state file says</source>
        <translation>Geht dorthin, wo ein gesicherter Stand war</translation>
    </message>
    <message>
        <source>Handout</source>
        <translation>Arbeitsblatt</translation>
    </message>
    <message>
        <source>Handout…</source>
        <translation>Arbeitsblatt…</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Lektion</translation>
    </message>
    <message>
        <source>Lesson state (*.json)</source>
        <translation>Stand einer Lektion (*.json)</translation>
    </message>
    <message>
        <source>Next lesson</source>
        <translation>Nächste Lektion</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Not quite.</source>
        <translation>Nicht ganz.</translation>
    </message>
    <message>
        <source>Open a lesson's state</source>
        <translation>Stand einer Lektion öffnen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>Voriger Schritt</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Auflösen</translation>
    </message>
    <message>
        <source>Save the lesson's state</source>
        <translation>Stand der Lektion sichern</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Sichern…</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>The lesson on paper, answers at the end</source>
        <translation>Die Lektion auf Papier, Antworten am Ende</translation>
    </message>
    <message>
        <source>This step from its beginning</source>
        <translation>Dieser Schritt von vorn</translation>
    </message>
    <message>
        <source>What both models write</source>
        <translation>Was beide Modelle schreiben</translation>
    </message>
    <message>
        <source>Working it out…</source>
        <translation>Wird ermittelt…</translation>
    </message>
    <message>
        <source>Yes.</source>
        <translation>Ja.</translation>
    </message>
</context>
<context>
    <name>halftone::LessonPicture</name>
    <message>
        <source>%1 bits</source>
        <translation>%1 Bit</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>+α</source>
        <translation>+α</translation>
    </message>
    <message>
        <source>Picture of this step</source>
        <translation>Bild dieses Schritts</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>−α</source>
        <translation>−α</translation>
    </message>
</context>
<context>
    <name>halftone::LookLane</name>
    <message>
        <source>Looking at the model failed: %1.</source>
        <translation>Das Ansehen des Modells ist gescheitert: %1.</translation>
    </message>
</context>
<context>
    <name>halftone::MainWindow</name>
    <message>
        <source>%1  ›  %2</source>
        <translation>%1  ›  %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 – Halftone</source>
        <translation>%1 – Halftone</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>Datei ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>A run is going on. Quit? Next time it stands in Jobs, to be resumed from its last finished block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>Alle Befehle…</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Halftone</source>
        <translation>Halftone</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lektionen</translation>
    </message>
    <message>
        <source>List of tensors</source>
        <translation>Liste der Tensoren</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation>&amp;Projekt öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open a project, or name a new one</source>
        <translation>Ein Projekt öffnen oder ein neues benennen</translation>
    </message>
    <message>
        <source>Present lessons in large type</source>
        <translation>Lektionen in großer Schrift vorführen</translation>
    </message>
    <message>
        <source>Projects (*.halftone)</source>
        <translation>Projekte (*.halftone)</translation>
    </message>
    <message>
        <source>Recipe at the side</source>
        <translation>Rezept an der Seite</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Erneut öffnen</translation>
    </message>
    <message>
        <source>Search tensors</source>
        <translation>Tensoren suchen</translation>
    </message>
    <message>
        <source>Sweep over salient ratios…</source>
        <translation>Mehrere Anteile durchlaufen…</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>What is under the pointer</source>
        <translation>Was unter dem Zeiger liegt</translation>
    </message>
</context>
<context>
    <name>halftone::MarginalView</name>
    <message>
        <source>Largest: %1 at %2</source>
        <translation>Größte: %1 bei %2</translation>
    </message>
    <message>
        <source>Root mean square of the columns</source>
        <translation>Quadratisches Mittel der Spalten</translation>
    </message>
    <message>
        <source>Root mean square of the rows</source>
        <translation>Quadratisches Mittel der Zeilen</translation>
    </message>
    <message>
        <source>column %1: root mean square %2</source>
        <translation>Spalte %1: quadratisches Mittel %2</translation>
    </message>
    <message>
        <source>row %1: root mean square %2</source>
        <translation>Zeile %1: quadratisches Mittel %2</translation>
    </message>
</context>
<context>
    <name>halftone::MatrixPage</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 weights · %4</source>
        <translation>%1 · %2 · %3 Gewichte · %4</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>+</source>
        <translation>+</translation>
    </message>
    <message>
        <source>A cell of a zoomed-out map covers many weights. Their mean is near zero; the root mean square shows where weights are large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a tensor in the list on the left.</source>
        <translation>Links in der Liste einen Tensor wählen.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Layer of the map</source>
        <translation>Ebene der Karte</translation>
    </message>
    <message>
        <source>Log counts</source>
        <translation>Anzahlen logarithmisch</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>Mean, signed</source>
        <translation>Mittel, mit Vorzeichen</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <source>No matrix selected</source>
        <translation>Keine Matrix gewählt</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Original less quantized</source>
        <translation>Original weniger Quantisiertes</translation>
    </message>
    <message>
        <source>Point at the map to read values; drag to move, wheel to zoom, hold B for the original, S for a line between both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantized</source>
        <translation>Quantisiert</translation>
    </message>
    <message>
        <source>Root mean square</source>
        <translation>Quadratisches Mittel</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Saliency by Hessian</source>
        <translation>Bedeutung nach Hesse</translation>
    </message>
    <message>
        <source>Saliency |w|</source>
        <translation>Bedeutung |w|</translation>
    </message>
    <message>
        <source>Salient dots</source>
        <translation>Bedeutende als Punkte</translation>
    </message>
    <message>
        <source>Share of salient weights in each cell</source>
        <translation>Anteil bedeutender Gewichte in jeder Zelle</translation>
    </message>
    <message>
        <source>Show the whole matrix</source>
        <translation>Die ganze Matrix zeigen</translation>
    </message>
    <message>
        <source>Shows the histogram of the row under the cursor, with the levels of its binary weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the histogram, the range of the colours and the statistics below the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>What the map shows of each cell</source>
        <translation>Was die Karte von jeder Zelle zeigt</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>share of salient weights</source>
        <translation>Anteil bedeutender Gewichte</translation>
    </message>
    <message>
        <source>w² / U², what losing the weight would cost (SparseGPT)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>−</source>
        <translation>−</translation>
    </message>
</context>
<context>
    <name>halftone::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>halftone::ModelMapModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Bits on disk of this recipe</source>
        <translation>Bit auf der Platte nach diesem Rezept</translation>
    </message>
    <message>
        <source>Excess kurtosis</source>
        <translation>Exzess-Wölbung</translation>
    </message>
    <message>
        <source>Layer error of the run</source>
        <translation>Schichtfehler des Laufs</translation>
    </message>
    <message>
        <source>Sensitivity: nats a token when disturbed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squares in the largest 1 %</source>
        <translation>Quadrate im größten 1 %</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>Standardabweichung</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
</context>
<context>
    <name>halftone::ModelPage</name>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 weights · %3 on disk · %4</source>
        <translation>%1 · %2 Gewichte · %3 auf der Platte · %4</translation>
    </message>
    <message>
        <source>%1; %L2 of %L3 layers known, from %4 to %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 of %L2 measured</source>
        <translation>%L1 von %L2 gemessen</translation>
    </message>
    <message>
        <source>Disturbing the layers in turn: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disturbs the weights block after block and kind after kind, and sees how much the model's predictions on the calibration text change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure of the map</source>
        <translation>Maß der Karte</translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF-Datei</translation>
    </message>
    <message>
        <source>Halftone's packed folder</source>
        <translation>Gepackter Ordner von Halftone</translation>
    </message>
    <message>
        <source>Hugging Face folder</source>
        <translation>Hugging-Face-Ordner</translation>
    </message>
    <message>
        <source>Map of the layers: kinds down, blocks across</source>
        <translation>Karte der Schichten: Arten abwärts, Blöcke quer</translation>
    </message>
    <message>
        <source>Measure all tensors</source>
        <translation>Alle Tensoren messen</translation>
    </message>
    <message>
        <source>Measure sensitivity</source>
        <translation>Empfindlichkeit messen</translation>
    </message>
    <message>
        <source>Tensors and their statistics</source>
        <translation>Tensoren und ihre Statistik</translation>
    </message>
    <message>
        <source>With noise of %1 of the weights' size; a layer counts as its block times its kind.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::ModelWatch</name>
    <message>
        <source>'%1' has changed since it was opened. What is shown, the recipe and the runs stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'%1' is no longer there. What is shown, the recipe and the runs stay; put the file back to go on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::OriginalHessians</name>
    <message>
        <source>block %1</source>
        <translation>Block %1</translation>
    </message>
</context>
<context>
    <name>halftone::ParameterForm</name>
    <message>
        <source>More settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to what it inherits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↺</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::PreferencesDialog</name>
    <message>
        <source>A device that lacks something says so. Jobs in the queue stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the kept Hessians</source>
        <translation>Aufbewahrte Hesse-Matrizen löschen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Devices that runs can be computed on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Fähigkeiten</translation>
    </message>
    <message>
        <source>Hessians of models seen before take %1 of at most %2 on disk.</source>
        <translation>Hesse-Matrizen früher gesehener Modelle belegen %1 von höchstens %2 auf der Platte.</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>New runs are computed on</source>
        <translation>Neue Läufe rechnen auf</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>There is no GPU with Vulkan here; the processor does everything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a GPU that can do it, else the processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the best device</source>
        <translation>das beste Gerät</translation>
    </message>
</context>
<context>
    <name>halftone::RangeBar</name>
    <message>
        <source>3 standard deviations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>99 % of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>99.9 % of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimum to maximum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range of the colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Symmetric</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colours reach as far below zero as above it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::RatioPreview</name>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; bits nominal, &lt;b&gt;%2&lt;/b&gt; on disk &lt;i&gt;(closed form)&lt;/i&gt;&lt;br&gt;&lt;b&gt;%3&lt;/b&gt; error without compensation &lt;i&gt;(%4)&lt;/i&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;br&gt;&lt;b&gt;%1&lt;/b&gt; ± %2 with the recipe's walk &lt;i&gt;(%3 of %4 rows; original's Hessian)&lt;/i&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;br&gt;&lt;i&gt;solving the whole matrix…&lt;/i&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;br&gt;Solved: &lt;b&gt;%1&lt;/b&gt; error, &lt;b&gt;%2&lt;/b&gt; bits on disk, %3 nominal &lt;i&gt;(exact; %4)&lt;/i&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits and error at this ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors with compensation need the original model's Hessians: about %1 and %2 of memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding out how long the Hessians take…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hessians of the original model on %1, kept from an earlier time; a run sees packed inputs, so its own differ.</source>
        <translation>Hesse-Matrizen des Originalmodells auf %1, von früher aufbewahrt; ein Lauf sieht gepackte Eingaben, seine weichen daher ab.</translation>
    </message>
    <message>
        <source>Hessians of the original model on %1; a run sees packed inputs, so its own differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer error against bits on disk</source>
        <translation>Schichtfehler gegen Bit auf der Platte</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the original model's Hessians: %1, about %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This matrix at every ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data-free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diagonal of the original's Hessian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>original's Hessian</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::RatioSlider</name>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::RecipeMenu</name>
    <message>
        <source>&amp;Presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit a budget…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open recipe…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;cipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save recipe…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spreads bits over the layers so that the whole fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe '%1' cannot be written: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open recipe</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::ResultPage</name>
    <message>
        <source>%1 windows of %2 tokens from %3 · %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL divergence, nats a token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers and their errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program was found that opens '%1'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole report, ready to be printed, in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits per weight on disk</source>
        <translation>Bit je Gewicht auf der Platte</translation>
    </message>
    <message>
        <source>embedding %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linear layers %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nominal bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norms, biases and headers %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perplexity (± %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same top token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size of the model files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::RowInspector</name>
    <message>
        <source>%1 of %2 weights salient</source>
        <translation>%1 von %2 Gewichten bedeutend</translation>
    </message>
    <message>
        <source>Follows the cursor of the map; rows count from 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of the row's weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>binary weights become %1 or %2</source>
        <translation>binäre Gewichte werden %1 oder %2</translation>
    </message>
    <message numerus="yes">
        <source>binary weights become one of %n levels, two for each group of columns</source>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <source>lost %1 of the row's squares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked: ±α around the row's mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked: ±α of each group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean |w| %1</source>
        <translation>mittleres |w| %1</translation>
    </message>
</context>
<context>
    <name>halftone::RunTableModel</name>
    <message>
        <source>%1 ± %2 (%3)</source>
        <translation>%1 ± %2 (%3)</translation>
    </message>
    <message>
        <source>Disk bits</source>
        <translation>Bit auf der Platte</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL-Divergenz</translation>
    </message>
    <message>
        <source>Made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Nominal bits</source>
        <translation>Nominelle Bit</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Perplexity over seeds</source>
        <translation>Perplexität über Startwerte</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salient</source>
        <translation>Bedeutend</translation>
    </message>
    <message>
        <source>Same top token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>Größe auf der Platte</translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>± (standard error)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::Session</name>
    <message>
        <source>copy to block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copy to kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::ShareSlider</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::StartPage</name>
    <message>
        <source>A Hugging Face folder, a .safetensors or a .gguf file. Opening reads only its header; nothing is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small language model made for Halftone, ready to be compressed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a model here</source>
        <translation>Modell hier ablegen</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open the sample model</source>
        <translation>Beispielmodell öffnen</translation>
    </message>
    <message>
        <source>Recent models</source>
        <translation>Zuletzt geöffnete Modelle</translation>
    </message>
    <message>
        <source>Seven short lessons on the sample model show what binarization does</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::StartPane</name>
    <message>
        <source>Also write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also write for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder for the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in</source>
        <translation>Einpassen in</translation>
    </message>
    <message>
        <source>Folder for the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GGUF has no type for what this method makes: it becomes 16-bit floats there. Methods named gguf stay small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize the whole model with this recipe (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Runs the recipe at several salient ratios</source>
        <translation>Führt das Rezept bei mehreren Anteilen aus</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Sweep…</source>
        <translation>Durchlauf…</translation>
    </message>
    <message>
        <source>This folder has every weight as a float, at the size of the original.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This format takes results of rounding to nearest and GPTQ over as they are; others are rounded anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a size such as 60 MB, or bits per weight such as 2.5 bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::SweepDialog</name>
    <message>
        <source>%1 at %2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, seed %2</source>
        <translation>%1, Startwert %2</translation>
    </message>
    <message numerus="yes">
        <source>%n runs will be put into the queue.</source>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <source>Each seed calibrates on windows from other places of the text; Compare shows their mean and spread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder that holds the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One run for each ratio, with the recipe as it stands. Finished ones are not repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salient ratios in percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salient ratios, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seeds for each</source>
        <translation>Startwerte je Anteil</translation>
    </message>
    <message>
        <source>Seeds for each ratio</source>
        <translation>Startwerte je Anteil</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '%1' cannot be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write shares from 0 to 100, separated by spaces, such as 5 10 20.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::TensorPane</name>
    <message numerus="yes">
        <source>%L1 of %Ln tensors</source>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n tensors</source>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <source>Search tensors</source>
        <translation>Tensoren suchen</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::TensorTableModel</name>
    <message>
        <source>Excess kurtosis: 0 for a bell curve, larger with heavier tails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kurtosis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Share of weights further than %1 standard deviations from the mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Std. dev.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>Nullen</translation>
    </message>
</context>
<context>
    <name>halftone::TensorTreeModel</name>
    <message>
        <source>%1
%2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n tensors</source>
        <translation type="unfinished"><numerusform></numerusform></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::TextChoices</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>0: the first windows</source>
        <translation>0: die ersten Fenster</translation>
    </message>
    <message>
        <source>Another seed calibrates on windows from other places of the text and is judged on the same. Compare shows runs that differ in it alone as repeats, with their mean and spread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration: seed</source>
        <translation>Kalibrierung: Startwert</translation>
    </message>
    <message>
        <source>Choose a file for: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held-out text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measures perplexity and divergence before and after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text by which the result is judged; it should not be the calibration text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text on which the inputs of the layers are observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a run calibrates on and is judged by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the text that comes with Halftone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what follows the calibration windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::TextPage</name>
    <message>
        <source> tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 nats; expected: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>'%1': %2 nats; expected: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 always takes the most likely token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compressed models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each reads the original's text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each writes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading marks how much each token surprises each model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs of this project appear here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Halt</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Text of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token under the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to three results beside the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Write lets the model go on from the prompt; results of runs chosen under Compressed models write beside it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>halftone::TypeExceptions</name>
    <message>
        <source>A pattern of names in the file; * stands for anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another type for some tensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of the tensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensors whose name fits a pattern are stored otherwise than the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all of the first block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an untied head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gate projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>output projections of attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>query projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the embedding, and a head that is tied to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value projections</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A Hugging Face folder, a .safetensors or a .gguf file, a packed folder, or the word sample.</source>
        <translation>Ein Hugging-Face-Ordner, eine .safetensors- oder .gguf-Datei, ein gepackter Ordner oder das Wort sample.</translation>
    </message>
    <message>
        <source>Keep runs and notes in this file instead of the standard one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sees and compresses language models to a few bits per weight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak this language, such as zh_CN, instead of the desktop's.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
