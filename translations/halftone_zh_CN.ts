<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>BellPicture</name>
    <message>
        <source>large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>small</source>
        <translation>小</translation>
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
        <translation>−大</translation>
    </message>
    <message>
        <source>−small</source>
        <translation>−小</translation>
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
        <translation>%1 编码 %2 → %3</translation>
    </message>
    <message>
        <source>Excess kurtosis</source>
        <translation>超额峰度</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Not finite</source>
        <translation>非有限值</translation>
    </message>
    <message>
        <source>Outliers beyond 6 deviations</source>
        <translation>超过 6 倍标准差的离群值</translation>
    </message>
    <message>
        <source>Squares in the largest 1 %</source>
        <translation>最大 1 % 所占的平方和</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>二值</translation>
    </message>
    <message>
        <source>cell: minimum %1, mean %2, maximum %3, root mean square %4</source>
        <translation>单元：最小 %1，均值 %2，最大 %3，均方根 %4</translation>
    </message>
    <message>
        <source>group %1, %2</source>
        <translation>组 %1，%2</translation>
    </message>
    <message>
        <source>row %1, column %2</source>
        <translation>行 %1，列 %2</translation>
    </message>
    <message>
        <source>saliency among the top %1</source>
        <translation>显著性位于前 %1</translation>
    </message>
    <message>
        <source>salient</source>
        <translation>显著</translation>
    </message>
    <message>
        <source>value %1</source>
        <translation>值 %1</translation>
    </message>
</context>
<context>
    <name>ChoiceText</name>
    <message>
        <source>Activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>按论文</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Hessian</source>
        <translation>Hessian</translation>
    </message>
    <message>
        <source>Lloyd</source>
        <translation>Lloyd</translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>幅值</translation>
    </message>
    <message>
        <source>Masked</source>
        <translation>仅掩码内</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Mean magnitude</source>
        <translation>平均幅值</translation>
    </message>
    <message>
        <source>Optimal</source>
        <translation>最优</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Published code</source>
        <translation>公开代码</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Salient weights</source>
        <translation>显著权重</translation>
    </message>
    <message>
        <source>Single weights</source>
        <translation>单个权重</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>Whole columns</source>
        <translation>整列</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.gguf *.json)</source>
        <translation>模型 (*.safetensors *.gguf *.json)</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
</context>
<context>
    <name>RecipeCaption</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
</context>
<context>
    <name>SavePicture</name>
    <message>
        <source>'%1' cannot be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>'%1' should end in .png or .svg.</source>
        <translation>“%1”应以 .png 或 .svg 结尾。</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG 图片 (*.svg)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 % of the linear weights are rounded to another type.</source>
        <translation>%1 % 的线性权重被舍入为另一种类型。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 MB are not enough: embedding and other tensors alone take %2 MB.</source>
        <translation>%1 MB 不够：仅嵌入层和其他张量就占 %2 MB。</translation>
    </message>
    <message>
        <source>%1 asks for longrope, but has no rope_factors tensors.</source>
        <translation>%1 要求 longrope，但没有 rope_factors 张量。</translation>
    </message>
    <message>
        <source>%1 asks for rope scaling '%2'; known are default, linear, dynamic, yarn, llama3 and longrope.</source>
        <translation>%1 要求 rope 缩放“%2”；已知的有 default、linear、dynamic、yarn、llama3 和 longrope。</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1 比特</translation>
    </message>
    <message>
        <source>%1 claims to have %2 %3, more than can be in it. It may be cut short: copy or download it again.</source>
        <translation>%1 声称有 %2 个%3，超出其所能容纳。文件可能被截短：请重新复制或下载。</translation>
    </message>
    <message>
        <source>%1 codes for llama.cpp, which turns no inputs: turn the model itself first (export --to huggingface --turn) and quantize that.</source>
        <translation>%1 是为 llama.cpp 编码的，而它不会旋转输入：请先旋转模型本身（export --to huggingface --turn），再量化旋转后的模型。</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 has %2 bytes, too few for a safetensors header. Copy or download it again.</source>
        <translation>%1 有 %2 字节，不足以构成 safetensors 文件头。请重新复制或下载。</translation>
    </message>
    <message>
        <source>%1 has a 'general.alignment' that is not a power of two.</source>
        <translation>%1 的 “general.alignment” 不是 2 的幂。</translation>
    </message>
    <message>
        <source>%1 has a metadata key that is empty, too long or not UTF-8: '%2'.</source>
        <translation>%1 有一个元数据键为空、过长或不是 UTF-8：“%2”。</translation>
    </message>
    <message>
        <source>%1 has a tensor whose name has %2 bytes.</source>
        <translation>%1 有一个张量，其名称有 %2 字节。</translation>
    </message>
    <message>
        <source>%1 has no '%2', which the model needs.</source>
        <translation>%1 没有模型所需的“%2”。</translation>
    </message>
    <message>
        <source>%1 has no config.json, so its tensors can be looked at but not run as a model. Put the config.json of the model beside it.</source>
        <translation>%1 没有 config.json，因此可以查看其张量但不能作为模型运行。请将模型的 config.json 放在旁边。</translation>
    </message>
    <message>
        <source>%1 has the metadata key '%2' twice.</source>
        <translation>%1 有两个元数据键“%2”。</translation>
    </message>
    <message>
        <source>%1 is a GGUF file of version %2; versions 2 and 3 can be read. Convert the model again with a current llama.cpp.</source>
        <translation>%1 是版本 %2 的 GGUF 文件；可读取版本 2 和 3。请用当前的 llama.cpp 重新转换模型。</translation>
    </message>
    <message>
        <source>%1 is a big-endian GGUF file; only little-endian ones can be read. Convert it with gguf_convert_endian.py of llama.cpp.</source>
        <translation>%1 是大端 GGUF 文件；只能读取小端文件。请用 llama.cpp 的 gguf_convert_endian.py 转换。</translation>
    </message>
    <message>
        <source>%1 is a model of architecture '%2'; Halftone runs %3.</source>
        <translation>%1 是架构“%2”的模型；Halftone 可运行 %3。</translation>
    </message>
    <message>
        <source>%1 is no question: it needs query, choices and gold; or context_options, continuation and gold; or context and continuation.</source>
        <translation>%1 不是题目：需要 query、choices 和 gold；或 context_options、continuation 和 gold；或 context 和 continuation。</translation>
    </message>
    <message>
        <source>%1 is not a GGUF file.</source>
        <translation>%1 不是 GGUF 文件。</translation>
    </message>
    <message>
        <source>%1 is not valid JSON at line %2, column %3: %4.</source>
        <translation>%1 在第 %2 行第 %3 列不是有效的 JSON：%4。</translation>
    </message>
    <message>
        <source>%1 layers coded; the largest error is %2, of %3.</source>
        <translation>已编码 %1 层；最大误差为 %2，出自 %3。</translation>
    </message>
    <message>
        <source>%1 linear layers are coded in a way that no GGUF type holds: they become F16, right but not small. Name a type to make them small; what each costs is measured.</source>
        <translation>%1 个线性层的编码方式没有对应的 GGUF 类型：它们变为 F16，正确但不小。请指定一种类型使其变小；各类型的代价已测量。</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 nats a token on average</source>
        <translation>平均每词元 %1 奈特</translation>
    </message>
    <message>
        <source>%1 numbers cannot be decoded from %2 bytes of type %3.</source>
        <translation>无法从 %2 字节的 %3 类型解码 %1 个数。</translation>
    </message>
    <message>
        <source>%1 numbers do not make %2 bytes of %3.</source>
        <translation>%1 个数不能构成 %2 字节的 %3。</translation>
    </message>
    <message>
        <source>%1 of %2 linear layers are rounded to the nearest of %3 bits here, without calibration: quantize first with a method for this grid to lose less.</source>
        <translation>%2 个线性层中有 %1 个在此不经校准地舍入到最近的 %3 比特：先用适合此网格的方法量化，损失会更小。</translation>
    </message>
    <message>
        <source>%1 query heads cannot share %2 key heads of width %3.</source>
        <translation>%1 个查询头无法共用 %2 个宽度为 %3 的键头。</translation>
    </message>
    <message>
        <source>%1 rows from row %2 of tensor '%3' (%4) were asked for, into %5 numbers.</source>
        <translation>要求读取张量“%3” (%4) 自第 %2 行起的 %1 行，写入 %5 个数。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 tensors, '%2' with rows of %3 weights among them, do not fill the blocks of %4: they are written as %5.</source>
        <translation>%1 个张量（其中“%2”每行 %3 个权重）填不满 %4 的块：改写为 %5。</translation>
    </message>
    <message>
        <source>%1 threads, %2</source>
        <translation>%1 个线程，%2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>%1 tokens, %2 a second</source>
        <translation>%1 个词元，每秒 %2 个</translation>
    </message>
    <message>
        <source>%1 was %2 and is now %3</source>
        <translation>%1 原为 %2，现为 %3</translation>
    </message>
    <message>
        <source>%1 written.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>%1, %2 threads</source>
        <translation>%1，%2 个线程</translation>
    </message>
    <message>
        <source>%1, behind the calibration windows</source>
        <translation>%1，校准窗口之后</translation>
    </message>
    <message>
        <source>%1, compressed</source>
        <translation>%1，已压缩</translation>
    </message>
    <message>
        <source>%1, compressed by %2 with %3; calibrated on '%4', %5 windows of %6 tokens</source>
        <translation>%1，由 %2 以 %3 压缩；用“%4”校准，%5 个窗口，每个 %6 个词元</translation>
    </message>
    <message>
        <source>%1, mean of %2 seeds</source>
        <translation>%1，%2 个种子的均值</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 attention heads cannot share %3 key-value heads evenly.</source>
        <translation>%1：%2 个注意力头无法平均共用 %3 个键值头。</translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <translation>%1：%2。%3</translation>
    </message>
    <message>
        <source>%1: '%2' should be a number, but it is %3.</source>
        <translation>%1：“%2”应为数，但它是 %3。</translation>
    </message>
    <message>
        <source>%1: '%2' should be a whole number from %3 to %4, but it is %5.</source>
        <translation>%1：“%2”应为 %3 到 %4 的整数，但它是 %5。</translation>
    </message>
    <message>
        <source>%1: '%2' should be true or false, but it is %3.</source>
        <translation>%1：“%2”应为是或否，但它是 %3。</translation>
    </message>
    <message>
        <source>%1: longrope needs %2 long and short factors, but has %3 and %4.</source>
        <translation>%1：longrope 需要 %2 个长短因子，但有 %3 和 %4。</translation>
    </message>
    <message>
        <source>%1: rope base %2 or norm epsilon %3 makes no sense.</source>
        <translation>%1：rope 基数 %2 或归一化 epsilon %3 没有意义。</translation>
    </message>
    <message>
        <source>%1: rotary width %2 does not fit heads of width %3.</source>
        <translation>%1：旋转宽度 %2 与宽度 %3 的头不符。</translation>
    </message>
    <message>
        <source>%1: the activation is '%2', but Halftone runs 'silu' only.</source>
        <translation>%1：激活函数为“%2”，但 Halftone 只运行“silu”。</translation>
    </message>
    <message>
        <source>%1: the rope scaling's factor should be above 0, but it is %2.</source>
        <translation>%1：rope 缩放因子应大于 0，但它是 %2。</translation>
    </message>
    <message>
        <source>%1: the rope scaling's original context should be at least 1.</source>
        <translation>%1：rope 缩放的原始上下文至少应为 1。</translation>
    </message>
    <message>
        <source>'%1' cannot be read: %2.</source>
        <translation>无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>'%1' cannot be taken over as it is coded: %2. Name a number of bits to have it rounded to that, or export to gguf or huggingface.</source>
        <translation>“%1”无法按其编码方式沿用：%2。请指定比特数进行舍入，或导出为 gguf 或 huggingface。</translation>
    </message>
    <message>
        <source>'%1' cannot be used on these values</source>
        <translation>“%1”不能用于这些值</translation>
    </message>
    <message>
        <source>'%1' cannot be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>'%1' cannot be written: the disk is full.</source>
        <translation>无法写入“%1”：磁盘已满。</translation>
    </message>
    <message>
        <source>'%1' cannot compare these values</source>
        <translation>“%1”不能比较这些值</translation>
    </message>
    <message>
        <source>'%1' cannot divide by %2</source>
        <translation>“%1”不能除以 %2</translation>
    </message>
    <message>
        <source>'%1' carries no provenance: Halftone did not write it, or an older version did.</source>
        <translation>“%1”没有出处信息：不是 Halftone 写的，或由旧版本所写。</translation>
    </message>
    <message>
        <source>'%1' carries no provenance: there is no %2 in it.</source>
        <translation>“%1”没有出处信息：其中没有 %2。</translation>
    </message>
    <message>
        <source>'%1' exists already; name another folder or remove it first.</source>
        <translation>“%1”已存在；请换一个文件夹或先删除它。</translation>
    </message>
    <message>
        <source>'%1' has %2 bits in groups of %3 and earlier layers have %4 in groups of %5; this format takes one of each.</source>
        <translation>“%1”为 %2 比特、每组 %3，而先前的层为 %4 比特、每组 %5；此格式各只容一种。</translation>
    </message>
    <message>
        <source>'%1' has %2 bytes; a tokenizer's file has at most %3.</source>
        <translation>“%1”有 %2 字节；分词器文件最多 %3。</translation>
    </message>
    <message>
        <source>'%1' has %2 bytes; files of questions have up to %3.</source>
        <translation>“%1”有 %2 字节；题目文件最多 %3 字节。</translation>
    </message>
    <message>
        <source>'%1' has no beginning</source>
        <translation>“%1”没有开头</translation>
    </message>
    <message>
        <source>'%1' has no tokenizer: neither tokenizer.json nor GGUF metadata. Put the tokenizer.json of the model beside it.</source>
        <translation>“%1”没有分词器：既没有 tokenizer.json 也没有 GGUF 元数据。请将模型的 tokenizer.json 放在旁边。</translation>
    </message>
    <message>
        <source>'%1' has rows of %2 weights, which %3 cannot hold: it is written as %4.</source>
        <translation>“%1”每行有 %2 个权重，%3 无法存放：改写为 %4。</translation>
    </message>
    <message>
        <source>'%1' holds an unfinished run with other choices: %2. Start it again as it was, or start over with --restart.</source>
        <translation>“%1”中有一次选项不同的未完成运行：%2。请按原样重新开始，或用 --restart 从头开始。</translation>
    </message>
    <message>
        <source>'%1' holds no questions.</source>
        <translation>“%1”中没有题目。</translation>
    </message>
    <message>
        <source>'%1' holds the result of another recipe; name another folder.</source>
        <translation>“%1”中是另一配方的结果；请换一个文件夹。</translation>
    </message>
    <message>
        <source>'%1' is %2 x %3, and this format needs multiples of %4.</source>
        <translation>“%1”为 %2 x %3，而此格式需要 %4 的倍数。</translation>
    </message>
    <message>
        <source>'%1' is %2x%3 %4 but must be %5x%6 %7.</source>
        <translation>“%1”为 %2x%3 %4，但必须为 %5x%6 %7。</translation>
    </message>
    <message>
        <source>'%1' is a database of another program, not a project of Halftone; it is left as it is.</source>
        <translation>“%1”是其他程序的数据库，不是 Halftone 项目；保持原样。</translation>
    </message>
    <message>
        <source>'%1' is a file, and the target '%2' writes a folder.</source>
        <translation>“%1”是文件，而目标“%2”写的是文件夹。</translation>
    </message>
    <message>
        <source>'%1' is a folder, and the target '%2' writes a file.</source>
        <translation>“%1”是文件夹，而目标“%2”写的是文件。</translation>
    </message>
    <message>
        <source>'%1' is damaged: it lists no files.</source>
        <translation>“%1”已损坏：没有列出文件。</translation>
    </message>
    <message>
        <source>'%1' is damaged; start over with --restart.</source>
        <translation>“%1”已损坏；请用 --restart 从头开始。</translation>
    </message>
    <message>
        <source>'%1' is empty but must be %2x%3 %4.</source>
        <translation>“%1”为空，但必须为 %2x%3 %4。</translation>
    </message>
    <message>
        <source>'%1' is in the way: it holds no unfinished run. Move it, or name another folder for the result.</source>
        <translation>“%1”挡住了位置：其中没有未完成的运行。请移走它，或为结果换一个文件夹。</translation>
    </message>
    <message>
        <source>'%1' is missing at the end</source>
        <translation>末尾缺少“%1”</translation>
    </message>
    <message>
        <source>'%1' is missing before '%2'</source>
        <translation>“%2”之前缺少“%1”</translation>
    </message>
    <message>
        <source>'%1' is neither a folder nor a GGUF file; verify the folder it lies in.</source>
        <translation>“%1”既不是文件夹也不是 GGUF 文件；请验证它所在的文件夹。</translation>
    </message>
    <message>
        <source>'%1' is no name for a file within a folder.</source>
        <translation>“%1”不是文件夹内文件的名称。</translation>
    </message>
    <message>
        <source>'%1' is no namespace</source>
        <translation>“%1”不是命名空间</translation>
    </message>
    <message>
        <source>'%1' is no type of the target '%2'; its types are %3.</source>
        <translation>“%1”不是目标“%2”的类型；其类型为 %3。</translation>
    </message>
    <message>
        <source>'%1' is no type that can be written; known are %2.</source>
        <translation>“%1”不是可写入的类型；已知的有 %2。</translation>
    </message>
    <message>
        <source>'%1' is not a regular file.</source>
        <translation>“%1”不是普通文件。</translation>
    </message>
    <message>
        <source>'%1' is not packed: `quantize` makes a packed folder of it.</source>
        <translation>“%1”未压缩：`quantize` 可由它生成压缩文件夹。</translation>
    </message>
    <message>
        <source>'%1' is not part of what was written.</source>
        <translation>“%1”不属于所写入的内容。</translation>
    </message>
    <message>
        <source>'%1' is not the folder of a model, so it is not overwritten.</source>
        <translation>“%1”不是模型文件夹，因此不覆盖。</translation>
    </message>
    <message>
        <source>'%1' is not valid JSON: %2.</source>
        <translation>“%1”不是有效的 JSON：%2。</translation>
    </message>
    <message>
        <source>'%1' is one part of a split model. Join the parts first with llama-gguf-split --merge.</source>
        <translation>“%1”是拆分模型的一部分。请先用 llama-gguf-split --merge 合并。</translation>
    </message>
    <message>
        <source>'%1' is the model that is being exported; choose another name.</source>
        <translation>“%1”就是正在导出的模型；请换一个名称。</translation>
    </message>
    <message>
        <source>'%1' is there already; choose another name, or say that it may be overwritten.</source>
        <translation>“%1”已经存在；请换一个名称，或声明可以覆盖。</translation>
    </message>
    <message>
        <source>'%1' lacks the reports of its layers; start over with --restart.</source>
        <translation>“%1”缺少各层的报告；请用 --restart 从头开始。</translation>
    </message>
    <message>
        <source>'%1' must hold F32 or F64 but holds %2.</source>
        <translation>“%1”必须为 F32 或 F64，但它是 %2。</translation>
    </message>
    <message>
        <source>'%1' needs %2 MB and its disk has %3 MB left.</source>
        <translation>“%1”需要 %2 MB，而磁盘只剩 %3 MB。</translation>
    </message>
    <message>
        <source>'%1' needs a dictionary</source>
        <translation>“%1”需要字典</translation>
    </message>
    <message>
        <source>'%1' needs a text</source>
        <translation>“%1”需要文本</translation>
    </message>
    <message>
        <source>'%1' was not expected</source>
        <translation>此处不应出现“%1”</translation>
    </message>
    <message>
        <source>'%1' was packed in version %2 of the format; this program reads version %3.</source>
        <translation>“%1”以格式版本 %2 压缩；本程序读取版本 %3。</translation>
    </message>
    <message>
        <source>'%1', which comes with Halftone, is in none of: %2. Is Halftone installed whole?</source>
        <translation>Halftone 自带的“%1”在以下位置都找不到：%2。Halftone 是否完整安装？</translation>
    </message>
    <message>
        <source>'in' needs a list, a dictionary or a text</source>
        <translation>“in”需要列表、字典或文本</translation>
    </message>
    <message>
        <source>'join' needs a list</source>
        <translation>“join”需要列表</translation>
    </message>
    <message>
        <source>'length' needs a text or a list</source>
        <translation>“length”需要文本或列表</translation>
    </message>
    <message>
        <source>'range' is longer than 10000</source>
        <translation>“range”长于 10000</translation>
    </message>
    <message>
        <source>'replace' needs a text to look for</source>
        <translation>“replace”需要要查找的文本</translation>
    </message>
    <message>
        <source>'split' needs a text to split at</source>
        <translation>“split”需要用于切分的文本</translation>
    </message>
    <message>
        <source>'tokenizer.ggml.scores' should have %1 numbers, one for each token, but has %2.</source>
        <translation>“tokenizer.ggml.scores”应有 %1 个数，每个词元一个，但有 %2 个。</translation>
    </message>
    <message>
        <source>'tokenizer.ggml.token_type' should be an array of %1 types, one for each token, but has %2.</source>
        <translation>“tokenizer.ggml.token_type”应为 %1 个类型的数组，每个词元一个，但它是 %2。</translation>
    </message>
    <message>
        <source>(none named)</source>
        <translation>（未指明）</translation>
    </message>
    <message>
        <source>(space)</source>
        <translation>（空格）</translation>
    </message>
    <message>
        <source>16 bits as in the original</source>
        <translation>与原始模型相同的 16 位</translation>
    </message>
    <message>
        <source>16 bits, IEEE</source>
        <translation>16 位，IEEE</translation>
    </message>
    <message>
        <source>16 bits, brain float</source>
        <translation>16 位，bfloat</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 位</translation>
    </message>
    <message>
        <source>A Halftone folder holds the bits as they were packed; types can be chosen for GGUF only.</source>
        <translation>Halftone 文件夹按打包时的样子保存比特；只有 GGUF 可以选择类型。</translation>
    </message>
    <message>
        <source>A context of the questions has no tokens before its answer.</source>
        <translation>有一道题的答案之前没有任何词元。</translation>
    </message>
    <message>
        <source>A few columns of each block get two planes.</source>
        <translation>每块中少数几列用两个平面。</translation>
    </message>
    <message>
        <source>A refinement takes 0 to 100 rounds of 0 to 100 passes at a rate of 0 to 10, but the recipe asks for %1 rounds of %2 passes at %3.</source>
        <translation>精修应为 0 到 100 轮、每轮 0 到 100 遍、学习率 0 到 10，但配方要求 %1 轮、每轮 %2 遍、学习率 %3。</translation>
    </message>
    <message>
        <source>A rotation's block should be 0 (all inputs) or at least 2 inputs and its seed not negative, but they are %1 and %2.</source>
        <translation>旋转的块应为 0（所有输入）或至少 2 个输入，且种子不为负，但它们是 %1 和 %2。</translation>
    </message>
    <message>
        <source>A text of %1 bytes without a place to split it is too long for the tokenizer; it takes less than 2 GiB at once.</source>
        <translation>一段 %1 字节且无处可分的文本对分词器太长；一次须小于 2 GiB。</translation>
    </message>
    <message>
        <source>A tokenizer of the kind '%1' cannot be written to GGUF; BPE can.</source>
        <translation>“%1”类的分词器无法写入 GGUF；BPE 可以。</translation>
    </message>
    <message>
        <source>A turned model is written as a Hugging Face folder; quantize or export that.</source>
        <translation>旋转后的模型写成 Hugging Face 文件夹；请再量化或导出该文件夹。</translation>
    </message>
    <message>
        <source>A weight that is kept, %1, is too large for %2 bits: set parameter_bits to 32.</source>
        <translation>一个保留的权重 %1 对 %2 位太大：请将 parameter_bits 设为 32。</translation>
    </message>
    <message>
        <source>A window should have 2 to %1 tokens (the model's context), but %2 were asked for.</source>
        <translation>一个窗口应有 2 到 %1 个词元（模型的上下文），但要求 %2 个。</translation>
    </message>
    <message>
        <source>ARB-LLM: alternating refined binarization</source>
        <translation>ARB-LLM：交替精修二值化</translation>
    </message>
    <message>
        <source>About %1 minutes. Open Halftone, choose this lesson and follow it step by step.</source>
        <translation>约 %1 分钟。打开 Halftone，选择这一课，一步一步跟着做。</translation>
    </message>
    <message>
        <source>Activation order</source>
        <translation>激活排序</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>全部文件</translation>
    </message>
    <message>
        <source>An answer has %1 tokens, but the model's context is %2.</source>
        <translation>一个答案有 %1 个词元，而模型的上下文只有 %2。</translation>
    </message>
    <message>
        <source>An array of %1x%2 from element %3 leaves its storage of %4 bytes.</source>
        <translation>自元素 %3 起的 %1x%2 数组超出其 %4 字节的存储。</translation>
    </message>
    <message>
        <source>An array of %1x%2 is not in the CPU's memory.</source>
        <translation>%1x%2 的数组不在 CPU 内存中。</translation>
    </message>
    <message>
        <source>An override of the recipe names no layers.</source>
        <translation>配方中有一条覆盖没有指明层。</translation>
    </message>
    <message>
        <source>An unfinished job cannot be read: %1.</source>
        <translation>无法读取一个未完成的任务：%1。</translation>
    </message>
    <message>
        <source>An unfinished job of the project cannot be read and is left out.</source>
        <translation>项目中有一个未完成的任务无法读取，已略去。</translation>
    </message>
    <message>
        <source>Another run is writing to '%1'; wait for it or stop it first.</source>
        <translation>另一次运行正在写入“%1”；请等待或先停止它。</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Anywhere, or so many of each 4 or 8 neighbours, which some processors can use.</source>
        <translation>任意位置，或每 4 个或 8 个相邻权重中固定个数（某些处理器可加以利用）。</translation>
    </message>
    <message>
        <source>As coded; 4 bits where the model is not</source>
        <translation>按原编码；未编码处用 4 比特</translation>
    </message>
    <message>
        <source>As packed</source>
        <translation>按压缩形式</translation>
    </message>
    <message>
        <source>As stored: exact where GGUF has the type, else F16</source>
        <translation>按存储形式：GGUF 有该类型时精确，否则 F16</translation>
    </message>
    <message>
        <source>As the published code, where salient weights count as zeros and shrink the scale, or from the binary weights alone.</source>
        <translation>按已发表的代码，显著权重计为零从而缩小尺度；或只由二值权重计算。</translation>
    </message>
    <message>
        <source>As the published code, which searches on the saliency itself and takes means off, or by the paper's rules.</source>
        <translation>按已发表的代码（直接在显著性上搜索并减去均值），或按论文的规则。</translation>
    </message>
    <message>
        <source>At least one window is needed, but %1 were asked for.</source>
        <translation>至少需要一个窗口，但要求 %1 个。</translation>
    </message>
    <message>
        <source>Beside it lies the report, as '%1' and PDF.</source>
        <translation>报告在旁边，为“%1”和 PDF。</translation>
    </message>
    <message>
        <source>BiLLM</source>
        <translation>BiLLM</translation>
    </message>
    <message>
        <source>Binarizer</source>
        <translation>二值化方法</translation>
    </message>
    <message>
        <source>Binary scale</source>
        <translation>二值尺度</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>比特</translation>
    </message>
    <message>
        <source>Bits of each salient weight, at most: fewer where the largest weight needs no more levels.</source>
        <translation>每个显著权重最多的比特数：若最大的权重不需要那么多级，则更少。</translation>
    </message>
    <message>
        <source>Bits of each stored scale and offset.</source>
        <translation>每个存储的尺度和偏移的比特数。</translation>
    </message>
    <message>
        <source>Bits of each weight.</source>
        <translation>每个权重的比特数。</translation>
    </message>
    <message>
        <source>Bits of each weight. Activations are rounded where the result runs packed: evaluate and generate with --weights packed --activations int8-token give W8A8.</source>
        <translation>每个权重的比特数。激活在打包运行时取整：evaluate 和 generate 加 --weights packed --activations int8-token 即为 W8A8。</translation>
    </message>
    <message>
        <source>Bits per linear weight, as papers count</source>
        <translation>每线性权重比特数（论文计法）</translation>
    </message>
    <message>
        <source>Bits per linear weight, on disk</source>
        <translation>每线性权重比特数（磁盘）</translation>
    </message>
    <message>
        <source>Block size</source>
        <translation>块大小</translation>
    </message>
    <message>
        <source>Block's time</source>
        <translation>块用时</translation>
    </message>
    <message>
        <source>Blocks that the weights become. For single layers: some that matter most may have a larger type.</source>
        <translation>权重要变成的块类型。单独的层：影响最大的一些可用更大的类型。</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Cannot pack '%1': %2 x %3 codes and %4 x %5 classes for a coding of %6 x %7 with %8 grids.</source>
        <translation>无法压缩“%1”：%2 x %3 的编码和 %4 x %5 的类，对应 %6 x %7、%8 个网格的编码方案。</translation>
    </message>
    <message>
        <source>Cannot pack '%1': %2 x %3 weights of the raw grid '%4' for a coding of %5 x %6.</source>
        <translation>无法压缩“%1”：原始网格“%4”的 %2 x %3 个权重，对应 %5 x %6 的编码方案。</translation>
    </message>
    <message>
        <source>Cannot pack '%1': a code of the grid '%2' is not below its %3 levels.</source>
        <translation>无法压缩“%1”：网格“%2”的一个编码不小于其 %3 个级。</translation>
    </message>
    <message>
        <source>Cannot pack '%1': a scale or offset of the grid '%2' is not a finite number of %3 bits. Weights this large need 32-bit parameters.</source>
        <translation>无法压缩“%1”：网格“%2”的一个尺度或偏移不是 %3 位的有限数。这么大的权重需要 32 位参数。</translation>
    </message>
    <message>
        <source>Cannot pack '%1': a weight is in class %2 of %3.</source>
        <translation>无法压缩“%1”：一个权重属于 %3 类中的第 %2 类。</translation>
    </message>
    <message>
        <source>Cannot pack '%1': a weight of the grid '%2' is not a finite number of %3 bits. Weights this large need 32-bit parameters.</source>
        <translation>无法压缩“%1”：网格“%2”的一个权重不是 %3 位的有限数。这么大的权重需要 32 位参数。</translation>
    </message>
    <message>
        <source>Cannot pack '%1': the grid '%2' of %3 levels does not fit its %4 x %5 weights.</source>
        <translation>无法压缩“%1”：%3 级的网格“%2”与其 %4 x %5 个权重不符。</translation>
    </message>
    <message>
        <source>Clamping quantile</source>
        <translation>截断分位数</translation>
    </message>
    <message>
        <source>Coarser where it matters less</source>
        <translation>无关紧要处更粗</translation>
    </message>
    <message>
        <source>Coded linear layers</source>
        <translation>已编码的线性层</translation>
    </message>
    <message>
        <source>Columns that are searched and binarized together. Smaller blocks fit better and cost more bits.</source>
        <translation>一起搜索并二值化的列。块越小拟合越好，但占用更多比特。</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>Disk bits</source>
        <translation>磁盘比特</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成度</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入层</translation>
    </message>
    <message>
        <source>Embedding and head take 8, 6 or 4 bits, or 0 to stay as they are, but the recipe asks for %1.</source>
        <translation>嵌入层和输出头可用 8、6 或 4 比特，或 0 保持不变，但配方要求 %1。</translation>
    </message>
    <message>
        <source>Entropy of the codes of uniform levels; any number. Scales and tables come on top.</source>
        <translation>均匀级编码的熵；可为任意数。尺度和表另计。</translation>
    </message>
    <message>
        <source>Entry %1 of the tokenizer's vocabulary should be a text and a finite number.</source>
        <translation>分词器词表的第 %1 项应为文本和有限数。</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Error of each layer over the blocks</source>
        <translation>各层误差随块的变化</translation>
    </message>
    <message>
        <source>Errors of a block</source>
        <translation>块的误差</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File '%1' cannot be opened: %2 files are open already. Close some models.</source>
        <translation>无法打开文件“%1”：已打开 %2 个文件。请关闭一些模型。</translation>
    </message>
    <message>
        <source>File '%1' cannot be opened: %2.</source>
        <translation>无法打开文件“%1”：%2。</translation>
    </message>
    <message>
        <source>File '%1' cannot be read: %2.</source>
        <translation>无法读取文件“%1”：%2。</translation>
    </message>
    <message>
        <source>File '%1' has %2 bytes, but %3 bytes at offset %4 were expected. It may be cut short: copy or download it again.</source>
        <translation>文件“%1”有 %2 字节，但应在偏移 %4 处有 %3 字节。它可能被截短：请重新复制或下载。</translation>
    </message>
    <message>
        <source>File '%1' has more than %2 bytes, too many for a file of its kind.</source>
        <translation>文件“%1”超过 %2 字节，对此类文件太大。</translation>
    </message>
    <message>
        <source>File '%1' is not a model: expected a .safetensors or .gguf file, a model's index, or a Hugging Face folder.</source>
        <translation>文件“%1”不是模型：应为 .safetensors 或 .gguf 文件、模型索引或 Hugging Face 文件夹。</translation>
    </message>
    <message>
        <source>File '%1' is not the index of a model: it has no 'weight_map'.</source>
        <translation>文件“%1”不是模型的索引：没有“weight_map”。</translation>
    </message>
    <message>
        <source>File '%1' is not the index of a model: it has no 'weight_map'. Open its folder instead.</source>
        <translation>文件“%1”不是模型的索引：没有“weight_map”。请改为打开其文件夹。</translation>
    </message>
    <message>
        <source>File '%1' names the shard '%2', which is no file name.</source>
        <translation>文件“%1”指明分片“%2”，它不是文件名。</translation>
    </message>
    <message>
        <source>File '%1' of the model is missing. Download it to the others.</source>
        <translation>模型的文件“%1”缺失。请把它下载到其余文件旁。</translation>
    </message>
    <message>
        <source>File '%1' was shortened while it was open, or a part of it could not be read: it had %2 bytes and now has %3. Open the model again from a complete copy.</source>
        <translation>文件“%1”在打开期间被截短，或有一部分无法读取：原有 %2 字节，现有 %3。请从完整副本重新打开模型。</translation>
    </message>
    <message>
        <source>Files it was made from</source>
        <translation>来源文件</translation>
    </message>
    <message>
        <source>Files of the result</source>
        <translation>结果文件</translation>
    </message>
    <message>
        <source>Fits the scales of all groups to the original weights before the walk, instead of each when it is reached.</source>
        <translation>在遍历之前就按原始权重拟合所有组的尺度，而不是遍历到每组时再拟合。</translation>
    </message>
    <message>
        <source>Folder '%1' has %2 safetensors files but no model.safetensors.index.json that joins them. Download the index, or open one of the files.</source>
        <translation>文件夹“%1”有 %2 个 safetensors 文件，但没有把它们联结起来的 model.safetensors.index.json。请下载索引，或打开其中一个文件。</translation>
    </message>
    <message>
        <source>Folder '%1' has no safetensors file. Other formats, such as PyTorch's .bin, must be converted to safetensors first.</source>
        <translation>文件夹“%1”没有 safetensors 文件。其他格式（如 PyTorch 的 .bin）须先转换为 safetensors。</translation>
    </message>
    <message>
        <source>Folder '%1' holds no model: expected safetensors files, with config.json and the tokenizer beside them.</source>
        <translation>文件夹“%1”中没有模型：应有 safetensors 文件，旁边有 config.json 和分词器。</translation>
    </message>
    <message>
        <source>Folder '%1' may not be read by this user.</source>
        <translation>此用户无权读取文件夹“%1”。</translation>
    </message>
    <message>
        <source>For recu: weights beyond the quantiles tau and 1 - tau are clamped to them.</source>
        <translation>用于 recu：超出分位数 tau 和 1 - tau 的权重截断到这两个值。</translation>
    </message>
    <message>
        <source>GGUF %1, compensated</source>
        <translation>GGUF %1，带补偿</translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <source>GGUF has no type for %1.</source>
        <translation>GGUF 没有对应 %1 的类型。</translation>
    </message>
    <message>
        <source>GGUF metadata cannot hold lists of lists.</source>
        <translation>GGUF 元数据不能容纳列表的列表。</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>GPTQ folder</source>
        <translation>GPTQ 文件夹</translation>
    </message>
    <message>
        <source>GPTQModel, transformers since 4.32 with it</source>
        <translation>GPTQModel，以及配合它的 transformers 4.32 起</translation>
    </message>
    <message>
        <source>GPTQModel, transformers since 4.32 with it, vLLM</source>
        <translation>GPTQModel、配合它的 transformers 4.32 起、vLLM</translation>
    </message>
    <message>
        <source>Grid codes as vLLM's own compressor writes them (pack-quantized), for vLLM and transformers.</source>
        <translation>按 vLLM 自己的压缩器的写法 (pack-quantized) 存储网格编码，用于 vLLM 和 transformers。</translation>
    </message>
    <message>
        <source>Grid codes in the layout of AutoGPTQ and GPTQModel, which transformers and vLLM run on a GPU.</source>
        <translation>按 AutoGPTQ 和 GPTQModel 的布局存储网格编码，transformers 和 vLLM 可在 GPU 上运行。</translation>
    </message>
    <message>
        <source>Group size</source>
        <translation>组大小</translation>
    </message>
    <message>
        <source>Groups fitted first</source>
        <translation>先拟合各组</translation>
    </message>
    <message>
        <source>Guessing</source>
        <translation>随机猜测</translation>
    </message>
    <message>
        <source>Halftone 0.1 and packaging/python</source>
        <translation>Halftone 0.1 和 packaging/python</translation>
    </message>
    <message>
        <source>Halftone Best</source>
        <translation>Halftone Best</translation>
    </message>
    <message>
        <source>Halftone PB</source>
        <translation>Halftone PB</translation>
    </message>
    <message>
        <source>Halftone folder</source>
        <translation>Halftone 文件夹</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>How far levels are the same for all rows: 0 fits them to each row's size, 1 gives large rows more bits and small ones fewer.</source>
        <translation>各行的级在多大程度上相同：0 按每行的大小，1 让大的行用更多比特、小的行用更少。</translation>
    </message>
    <message>
        <source>How many fixed levels, for Lloyd spacing.</source>
        <translation>固定级的个数，用于 Lloyd 间距。</translation>
    </message>
    <message>
        <source>How much coarser the levels of columns are whose errors later columns make up for: 0 gives all columns the same levels, 1 spends bits as theory has it.</source>
        <translation>误差能由后面的列弥补的列，其级差放宽多少：0 表示所有列相同，1 按理论分配比特。</translation>
    </message>
    <message>
        <source>How much of the differences between input channels moves into the weights.</source>
        <translation>输入通道之间的差异有多少移入权重。</translation>
    </message>
    <message>
        <source>How often levels and signs are refined in turn.</source>
        <translation>级与符号轮流精修的次数。</translation>
    </message>
    <message>
        <source>How they move to later blocks: by the diagonal alone, as published, or exactly.</source>
        <translation>误差如何传到后面的块：如已发表的只经对角元，或精确传递。</translation>
    </message>
    <message>
        <source>Hugging Face folder</source>
        <translation>Hugging Face 文件夹</translation>
    </message>
    <message>
        <source>Input columns that share a scale. Smaller groups fit better and cost more bits.</source>
        <translation>共用一个尺度的输入列数。组越小越贴合，比特也越多。</translation>
    </message>
    <message>
        <source>Its head is no longer the embedding, and stands apart.</source>
        <translation>它的输出头不再与嵌入共用，而是单独存放。</translation>
    </message>
    <message>
        <source>Its %1 files were read again and have the checksums that they were written with. Halftone does not run this format itself, so what it predicts is not compared.</source>
        <translation>已重新读取其 %1 个文件，校验和与写入时一致。Halftone 本身不运行此格式，因此未比较其预测。</translation>
    </message>
    <message>
        <source>These files are not as they were written: %1. The disk may be failing.</source>
        <translation>这些文件与写入时不一致：%1。磁盘可能有故障。</translation>
    </message>
    <message>
        <source>Its headers were read back, but it cannot be run here to compare: %1</source>
        <translation>已回读文件头，但无法在此运行以作比较：%1</translation>
    </message>
    <message>
        <source>Its zero points are not all in the middle, which needs version 2 of the format: GPTQModel reads it, and takes such a folder of another program in version 1 for ambiguous; older readers may not.</source>
        <translation>零点并非都在正中，需要该格式的第 2 版：GPTQModel 可以读取，并会把其他程序写的第 1 版视为含糊不清；较旧的读取程序可能不行。</translation>
    </message>
    <message>
        <source>KL divergence from the original, and same most likely token</source>
        <translation>与原始模型的 KL 散度，以及首选词元相同的比例</translation>
    </message>
    <message>
        <source>KL divergence from the original, mean per token (nats)</source>
        <translation>与原始模型的 KL 散度，每词元均值（奈特）</translation>
    </message>
    <message>
        <source>KL divergence, 99th percentile</source>
        <translation>KL 散度，第 99 百分位</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Lets the weights that are rounded later make up for the errors of those before (GPTQ).</source>
        <translation>让后舍入的权重弥补先前权重的误差 (GPTQ)。</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>级</translation>
    </message>
    <message>
        <source>Levels by the weights' error, by the output error on the calibration text, or scales of rows and columns.</source>
        <translation>级按权重的误差、按校准文本上的输出误差，或用行和列的尺度。</translation>
    </message>
    <message>
        <source>Levels for Gaussian weights</source>
        <translation>适合高斯权重的级</translation>
    </message>
    <message>
        <source>Levels reach equally far to both sides of zero, which saves the offsets.</source>
        <translation>级在零的两侧延伸得一样远，从而省去偏移。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Line %1 of '%2'</source>
        <translation>“%2”的第 %1 行</translation>
    </message>
    <message>
        <source>Line %1 of '%2' should begin six lines: a context, the number of the right ending from 0 to 3, and four endings.</source>
        <translation>“%2”的第 %1 行应开始一组六行：上文、正确结尾的编号（0 到 3）以及四个结尾。</translation>
    </message>
    <message>
        <source>Magnitude pruning</source>
        <translation>按幅值剪枝</translation>
    </message>
    <message>
        <source>Measured on '%1': %2 windows of %3 tokens, %4 predictions.</source>
        <translation>在“%1”上测得：%2 个窗口，每个 %3 个词元，共 %4 次预测。</translation>
    </message>
    <message>
        <source>Merge %1 of 'tokenizer.ggml.merges' should be two tokens with a space between them but is %2.</source>
        <translation>“tokenizer.ggml.merges”的合并 %1 应为以空格分隔的两个词元，但它是 %2。</translation>
    </message>
    <message>
        <source>Merge %1 of the tokenizer is not two tokens.</source>
        <translation>分词器的合并 %1 不是两个词元。</translation>
    </message>
    <message>
        <source>Merge %1 of the tokenizer needs the token '%2', which is not in its vocabulary.</source>
        <translation>分词器的合并 %1 需要词元“%2”，它不在词表中。</translation>
    </message>
    <message>
        <source>Merge %1 of the tokenizer should be two tokens but is %2.</source>
        <translation>分词器的合并 %1 应为两个词元，但它是 %2。</translation>
    </message>
    <message>
        <source>Metadata '%1' of %2 has the unknown type %3.</source>
        <translation>%2 的元数据“%1”类型 %3 未知。</translation>
    </message>
    <message>
        <source>Metadata '%1' of %2 is nested more than %3 levels deep.</source>
        <translation>%2 的元数据“%1”嵌套超过 %3 层。</translation>
    </message>
    <message>
        <source>Method '%1' can spend %2 to %3 bits for each weight of this model, but the budget is %4.</source>
        <translation>方法“%1”对此模型的每个权重可用 %2 到 %3 比特，但预算为 %4。</translation>
    </message>
    <message>
        <source>Method '%1' has no parameter by which a budget of bits could be spent layer by layer.</source>
        <translation>方法“%1”没有可用来逐层分配比特预算的参数。</translation>
    </message>
    <message>
        <source>Method '%1' has no parameter by which a run could be steered to %2 bits.</source>
        <translation>方法“%1”没有可用来把一次运行引导到 %2 比特的参数。</translation>
    </message>
    <message>
        <source>Migration strength</source>
        <translation>迁移强度</translation>
    </message>
    <message>
        <source>No temporary folder can be made: %1.</source>
        <translation>无法创建临时文件夹：%1。</translation>
    </message>
    <message>
        <source>No tensor of the file has a name like '%1', for which %2 was asked.</source>
        <translation>文件中没有名称符合“%1”的张量，而为它指定了 %2。</translation>
    </message>
    <message>
        <source>Nominal bits</source>
        <translation>名义比特</translation>
    </message>
    <message>
        <source>Norms, biases and file headers</source>
        <translation>归一化、偏置和文件头</translation>
    </message>
    <message>
        <source>Numbers of the factorization and the column walk. fp64 does not depend on the order of the calibration text; fp32 is faster.</source>
        <translation>分解和列遍历所用的数。fp64 不依赖校准文本的顺序；fp32 更快。</translation>
    </message>
    <message>
        <source>One file for llama.cpp, Ollama, LM Studio and whatever else is built on ggml.</source>
        <translation>一个文件，用于 llama.cpp、Ollama、LM Studio 以及其他基于 ggml 的程序。</translation>
    </message>
    <message>
        <source>One scale for each row, or one for every group of columns of it.</source>
        <translation>每行一个尺度，或每行的每组列一个尺度。</translation>
    </message>
    <message>
        <source>One threshold for the matrix and one binary scale for each row, or one of each for every group of columns.</source>
        <translation>整个矩阵一个阈值、每行一个二值尺度，或每组列各一个。</translation>
    </message>
    <message>
        <source>Opened again and compared over %1 tokens: perplexity %2, before %3; the most likely token is the same in %4 of them, KL divergence %5.</source>
        <translation>已重新打开并在 %1 个词元上比较：困惑度 %2，之前 %3；其中 %4 的最可能词元相同，KL 散度 %5。</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始模型</translation>
    </message>
    <message>
        <source>Other weights</source>
        <translation>其他权重</translation>
    </message>
    <message>
        <source>PB-LLM: partial binarization</source>
        <translation>PB-LLM：部分二值化</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>压缩后</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Partial binarization at its best: signs and a few salient weights, each kept because a sign would represent it badly. salient_ratio sets the size. Slow.</source>
        <translation>最佳的部分二值化：符号加少数显著权重，每个保留的权重都是因为符号难以表示它。salient_ratio 决定大小。较慢。</translation>
    </message>
    <message>
        <source>Partial binarization in units of rows and columns</source>
        <translation>以行和列为单位的部分二值化</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Perplexity of the original</source>
        <translation>原始模型的困惑度</translation>
    </message>
    <message>
        <source>Perplexity of the packed model</source>
        <translation>压缩模型的困惑度</translation>
    </message>
    <message>
        <source>Plain 16-bit weights for transformers, vLLM and all that reads such folders: it runs everywhere and is not small.</source>
        <translation>普通 16 位权重，用于 transformers、vLLM 及一切读取此类文件夹的程序：到处可运行，但不小。</translation>
    </message>
    <message>
        <source>Plain binarizers</source>
        <translation>普通二值化方法</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Projects cannot be kept: Qt's SQLite driver is not installed (libqt6sql6-sqlite).</source>
        <translation>无法保存项目：未安装 Qt 的 SQLite 驱动 (libqt6sql6-sqlite)。</translation>
    </message>
    <message>
        <source>Prompt and new text have %1 tokens, but the model's context is %2. Ask for fewer tokens.</source>
        <translation>提示和新文本共 %1 个词元，但模型的上下文为 %2。请减少词元数。</translation>
    </message>
    <message>
        <source>Prompt and new text have %1 tokens, but there is room for %2. Ask for fewer tokens.</source>
        <translation>提示和新文本共 %1 个词元，但只容得下 %2 个。请减少词元数。</translation>
    </message>
    <message>
        <source>Propagate</source>
        <translation>传播</translation>
    </message>
    <message>
        <source>Pruned weights</source>
        <translation>剪除的权重</translation>
    </message>
    <message>
        <source>Published, %1</source>
        <translation>已发表，%1</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>题数</translation>
    </message>
    <message>
        <source>Questions answered without examples</source>
        <translation>无示例答题</translation>
    </message>
    <message>
        <source>Read by %1.</source>
        <translation>可读取的程序：%1。</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Relative error</source>
        <translation>相对误差</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>答对</translation>
    </message>
    <message>
        <source>Right, by likelihood per byte</source>
        <translation>答对（按每字节似然）</translation>
    </message>
    <message>
        <source>Round to nearest</source>
        <translation>就近舍入</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Rounds the inputs that carry most first, while the others can still make up for it.</source>
        <translation>先舍入承载最多的输入，此时其他输入还能弥补。</translation>
    </message>
    <message>
        <source>Rows %1 to %2 of '%3' were asked for in a space of %4 numbers; it has %5 x %6.</source>
        <translation>要求“%3”的第 %1 到 %2 行，写入 %4 个数的空间；它为 %5 x %6。</translation>
    </message>
    <message>
        <source>Rows alike</source>
        <translation>各行相同</translation>
    </message>
    <message>
        <source>Run '%1' of the project cannot be read and is not shown.</source>
        <translation>项目中的运行“%1”无法读取，不显示。</translation>
    </message>
    <message>
        <source>Saliency</source>
        <translation>显著性</translation>
    </message>
    <message>
        <source>Salient</source>
        <translation>显著</translation>
    </message>
    <message>
        <source>Salient bits</source>
        <translation>显著比特</translation>
    </message>
    <message>
        <source>Salient columns</source>
        <translation>显著列</translation>
    </message>
    <message>
        <source>Salient range</source>
        <translation>显著范围</translation>
    </message>
    <message>
        <source>Salient weights</source>
        <translation>显著权重</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>Scale bits</source>
        <translation>尺度比特</translation>
    </message>
    <message>
        <source>Scales over</source>
        <translation>尺度范围</translation>
    </message>
    <message>
        <source>Score %1 of 'tokenizer.ggml.scores' is not a finite number.</source>
        <translation>“tokenizer.ggml.scores”的分数 %1 不是有限数。</translation>
    </message>
    <message>
        <source>Search the range</source>
        <translation>搜索范围</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选取</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>敏感度</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Share of the Hessian's mean diagonal that is added to it. More trusts the calibration text less.</source>
        <translation>加到 Hessian 矩阵上的平均对角元份额。越大越不信任校准文本。</translation>
    </message>
    <message>
        <source>Share of the weights that become zero; a pattern sets its own.</source>
        <translation>变为零的权重的份额；选用模式时由模式决定。</translation>
    </message>
    <message>
        <source>Share of the weights that keeps many bits; all others become binary. More is better and larger.</source>
        <translation>保留较多比特的权重份额；其余全部二值化。越多越好，也越大。</translation>
    </message>
    <message>
        <source>Share of the weights that keeps many bits; all others become binary. More is better and larger. Compensation and refinement may change it a little.</source>
        <translation>保留较多比特的权重份额；其余全部二值化。越多越好，也越大。补偿和细化可能使它略有变化。</translation>
    </message>
    <message>
        <source>Single weights, which need a mask, or whole input columns, which need next to none.</source>
        <translation>单个权重，需要掩码；或整个输入列，几乎不需要掩码。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Small and large weights have levels of their own, at a bit a weight.</source>
        <translation>小权重和大权重各有自己的级，每个权重多用一比特。</translation>
    </message>
    <message>
        <source>SmoothQuant</source>
        <translation>SmoothQuant</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>SparseGPT</source>
        <translation>SparseGPT</translation>
    </message>
    <message>
        <source>Split by size</source>
        <translation>按大小划分</translation>
    </message>
    <message>
        <source>Stored as they are, in as many bits as scales have, or rounded to so many bits.</source>
        <translation>按原样存储，位数与尺度相同，或舍入到指定的位数。</translation>
    </message>
    <message>
        <source>Symmetric</source>
        <translation>对称</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Tensor '%1' (%2) does not fit into memory.</source>
        <translation>张量“%1” (%2) 放不进内存。</translation>
    </message>
    <message>
        <source>Tensor '%1' appears twice in '%2'.</source>
        <translation>张量“%1”在“%2”中出现两次。</translation>
    </message>
    <message>
        <source>Tensor '%1' came to %2 bytes instead of %3.</source>
        <translation>张量“%1”成为 %2 字节而不是 %3。</translation>
    </message>
    <message>
        <source>Tensor '%1' has %2 columns and its Hessian is %3 x %4.</source>
        <translation>张量“%1”有 %2 列，而其 Hessian 矩阵为 %3 x %4。</translation>
    </message>
    <message>
        <source>Tensor '%1' has %2 columns and its factored Hessian %3.</source>
        <translation>张量“%1”有 %2 列，而其分解后的 Hessian 矩阵为 %3。</translation>
    </message>
    <message>
        <source>Tensor '%1' has %2 elements, but the config needs %3.</source>
        <translation>张量“%1”有 %2 个元素，但配置需要 %3。</translation>
    </message>
    <message>
        <source>Tensor '%1' has no Hessian, which this method needs with these settings: calibrate first.</source>
        <translation>张量“%1”没有 Hessian 矩阵，而此方法在这些设置下需要它：请先校准。</translation>
    </message>
    <message>
        <source>Tensor '%1' has rows of %2 bytes, which %3 does not divide into.</source>
        <translation>张量“%1”每行有 %2 字节，不能被 %3 整除。</translation>
    </message>
    <message>
        <source>Tensor '%1' has rows of %2 elements, which is not a multiple of the %3 that %4 codes together.</source>
        <translation>张量“%1”每行有 %2 个元素，不是 %4 一起编码的 %3 的倍数。</translation>
    </message>
    <message>
        <source>Tensor '%1' holds %2 values, not floating-point numbers.</source>
        <translation>张量“%1”存放 %2 值，不是浮点数。</translation>
    </message>
    <message>
        <source>Tensor '%1' holds %2, which are no weights.</source>
        <translation>张量“%1”存放 %2，不是权重。</translation>
    </message>
    <message>
        <source>Tensor '%1' holds a value that is not finite in row %2: a damaged model cannot be quantized.</source>
        <translation>张量“%1”第 %2 行有一个非有限值：损坏的模型无法量化。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 begins at byte %3 of the data, but the one before it ends at %4.</source>
        <translation>%2 中的张量“%1”始于数据第 %3 字节，但前一个结束于 %4。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 begins at byte %3, which is not a multiple of %4.</source>
        <translation>%2 中的张量“%1”始于第 %3 字节，不是 %4 的倍数。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 claims %3 dimensions; at most %4 are allowed.</source>
        <translation>%2 中的张量“%1”声称有 %3 维；最多允许 %4 维。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 ends at byte %3 of the data, but another begins at %4.</source>
        <translation>%2 中的张量“%1”结束于数据第 %3 字节，但另一个始于 %4。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has %3 elements of type %4, but %5 bytes are set aside for it.</source>
        <translation>%2 中的张量“%1”有 %3 个 %4 类型的元素，但为它留了 %5 字节。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has a shape whose product is too large.</source>
        <translation>%2 中的张量“%1”的形状乘积过大。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has rows of %3 elements, which is not a multiple of the %4 that %5 codes together.</source>
        <translation>%2 中的张量“%1”每行有 %3 个元素，不是 %5 一起编码的 %4 的倍数。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the type %3, which is not supported. Requantize the model to one of F16, Q8_0, Q6_K, Q5_K, Q4_K.</source>
        <translation>%2 中的张量“%1”类型为 %3，不受支持。请将模型重新量化为 F16、Q8_0、Q6_K、Q5_K、Q4_K 之一。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the type '%3', which is not supported.</source>
        <translation>%2 中的张量“%1”类型为“%3”，不受支持。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the type number %3 with the size of %4, which only a fork of llama.cpp writes; it is not supported.</source>
        <translation>%2 中的张量“%1”类型号为 %3、大小为 %4，只有 llama.cpp 的分支会写；不受支持。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 has the unknown type number %3.</source>
        <translation>%2 中的张量“%1”类型号 %3 未知。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 lies at bytes %3 to %4, but there are %5 bytes of data. The file may be cut short: copy or download it again.</source>
        <translation>%2 中的张量“%1”位于第 %3 到 %4 字节，但数据只有 %5 字节。文件可能被截短：请重新复制或下载。</translation>
    </message>
    <message>
        <source>Tensor '%1' in %2 reaches to byte %3 of the data, but there are %4. The file may be cut short: copy or download it again.</source>
        <translation>%2 中的张量“%1”到数据第 %3 字节，但只有 %4。文件可能被截短：请重新复制或下载。</translation>
    </message>
    <message>
        <source>Tensor '%1' is %2 x %3: there is nothing to quantize.</source>
        <translation>张量“%1”为 %2 x %3：没有可量化的内容。</translation>
    </message>
    <message>
        <source>Tensor '%1' is %2x%3 in the file but the config needs %4x%5.</source>
        <translation>张量“%1”在文件中为 %2x%3，但配置需要 %4x%5。</translation>
    </message>
    <message>
        <source>Tensor '%1' is both in '%2' and in '%3'.</source>
        <translation>张量“%1”既在“%2”中又在“%3”中。</translation>
    </message>
    <message>
        <source>Tensor '%1' is missing from '%2'.</source>
        <translation>“%2”中缺少张量“%1”。</translation>
    </message>
    <message>
        <source>Tensor '%1' is of the unknown type '%2'.</source>
        <translation>张量“%1”的类型“%2”未知。</translation>
    </message>
    <message>
        <source>Tensor '%1' is packed, but '%2' is not a packed folder.</source>
        <translation>张量“%1”是压缩的，但“%2”不是压缩文件夹。</translation>
    </message>
    <message>
        <source>Tensor '%1' is said to have %2 rows of %3 columns in Q8_0, and has %4 bytes.</source>
        <translation>张量“%1”称有 %2 行 %3 列的 Q8_0，却有 %4 字节。</translation>
    </message>
    <message>
        <source>Ternary weights</source>
        <translation>三值权重</translation>
    </message>
    <message>
        <source>That of the original: %1.</source>
        <translation>原始模型的许可：%1。</translation>
    </message>
    <message>
        <source>The GPU's precision should be auto or full, but the recipe asks for '%1'.</source>
        <translation>GPU 的精度应为 auto 或 full，但配方要求“%1”。</translation>
    </message>
    <message>
        <source>The Hessian of '%1' is not positive definite, so its drift cannot be corrected; calibrate on more text.</source>
        <translation>“%1”的 Hessian 矩阵不正定，因此无法校正其漂移；请用更多文本校准。</translation>
    </message>
    <message>
        <source>The Hessian of layer '%1' holds values that are not finite: the model's activations overflow on the calibration text.</source>
        <translation>层“%1”的 Hessian 矩阵含有非有限值：模型的激活在校准文本上溢出。</translation>
    </message>
    <message>
        <source>The Hessian of layer '%1' is %2 x %3 instead of square.</source>
        <translation>层“%1”的 Hessian 矩阵为 %2 x %3 而非方阵。</translation>
    </message>
    <message>
        <source>The Hessian of layer '%1' is not positive definite, even with a damping of %2. Calibrate on more text.</source>
        <translation>层“%1”的 Hessian 矩阵即使阻尼为 %2 也不正定。请用更多文本校准。</translation>
    </message>
    <message>
        <source>The backend should be auto, cpu or vulkan, but the recipe asks for '%1'.</source>
        <translation>后端应为 auto、cpu 或 vulkan，但配方要求“%1”。</translation>
    </message>
    <message>
        <source>The calibration text has no window left to judge the result on; name an evaluation text.</source>
        <translation>校准文本没有剩余窗口来评估结果；请指定评估文本。</translation>
    </message>
    <message>
        <source>The calibration's seed should be 0 (the first windows of the text) or a whole number above, but it is %1.</source>
        <translation>校准的种子应为 0（文本开头的窗口）或更大的整数，但现在是 %1。</translation>
    </message>
    <message>
        <source>The chat template cannot be read, line %1: %2.</source>
        <translation>无法读取聊天模板，第 %1 行：%2。</translation>
    </message>
    <message>
        <source>The chat template fails, line %1: %2.</source>
        <translation>聊天模板执行失败，第 %1 行：%2。</translation>
    </message>
    <message>
        <source>The chat template has %1 bytes; up to %2 are read.</source>
        <translation>聊天模板有 %1 字节；最多读取 %2 字节。</translation>
    </message>
    <message>
        <source>The chat template refuses this conversation: %1</source>
        <translation>聊天模板拒绝此对话：%1</translation>
    </message>
    <message>
        <source>The chat template takes more than %1 steps.</source>
        <translation>聊天模板的执行超过 %1 步。</translation>
    </message>
    <message>
        <source>The codes become plain floats again: the result computes what the packed model computes, and is as large as the original.</source>
        <translation>编码重新变为普通浮点数：结果计算的与压缩模型相同，大小与原始模型相同。</translation>
    </message>
    <message>
        <source>The device '%1' cannot multiply with packed matrices; the CPU can.</source>
        <translation>设备“%1”无法用压缩矩阵做乘法；CPU 可以。</translation>
    </message>
    <message>
        <source>The drift correction's damping should be above 0 and at most 100, but it is %1.</source>
        <translation>漂移校正的阻尼应大于 0 且不超过 100，但它是 %1。</translation>
    </message>
    <message>
        <source>The drift correction's residual share should be from 0 to 1, but it is %1.</source>
        <translation>漂移校正的残差份额应为 0 到 1，但它是 %1。</translation>
    </message>
    <message>
        <source>The drift correction's strength should be from 0 to 1, but it is %1.</source>
        <translation>漂移校正的强度应为 0 到 1，但它是 %1。</translation>
    </message>
    <message>
        <source>The errors of the layers appear here as they are coded.</source>
        <translation>各层误差会在编码时显示在这里。</translation>
    </message>
    <message>
        <source>The field '%1' of the tokenizer's '%2' should be %3 but is %4.</source>
        <translation>分词器“%2”的字段“%1”应为 %3，但它是 %4。</translation>
    </message>
    <message>
        <source>The finished folder '%1' cannot be renamed to '%2'.</source>
        <translation>完成的文件夹“%1”无法重命名为“%2”。</translation>
    </message>
    <message>
        <source>The folder '%1' cannot be made.</source>
        <translation>无法创建文件夹“%1”。</translation>
    </message>
    <message>
        <source>The folder '%1' cannot be made; have you the right to write there?</source>
        <translation>无法创建文件夹“%1”；您有在那里写入的权限吗？</translation>
    </message>
    <message>
        <source>The folder '%1' cannot be written to.</source>
        <translation>无法写入文件夹“%1”。</translation>
    </message>
    <message>
        <source>The folder '%1' for the project cannot be made.</source>
        <translation>无法创建项目文件夹“%1”。</translation>
    </message>
    <message>
        <source>The folder '%1' that should hold the result does not exist.</source>
        <translation>应存放结果的文件夹“%1”不存在。</translation>
    </message>
    <message>
        <source>The header of %1</source>
        <translation>%1 的文件头</translation>
    </message>
    <message>
        <source>The header of %1 claims %2 bytes, but the file has only %3. It may be cut short: copy or download it again.</source>
        <translation>%1 的文件头声称 %2 字节，但文件只有 %3。它可能被截短：请重新复制或下载。</translation>
    </message>
    <message>
        <source>The header of %1 claims %2 bytes; at most %3 are allowed.</source>
        <translation>%1 的文件头声称 %2 字节；最多允许 %3。</translation>
    </message>
    <message>
        <source>The header of %1 does not begin with '{'.</source>
        <translation>%1 的文件头不以“{”开头。</translation>
    </message>
    <message>
        <source>The header of %1 ends too early: %2 bytes at byte %3 were expected, %4 are left. Copy or download it again.</source>
        <translation>%1 的文件头过早结束：第 %3 字节处应有 %2 字节，剩 %4。请重新复制或下载。</translation>
    </message>
    <message>
        <source>The header of %1 is malformed at '%2': %3.</source>
        <translation>%1 的文件头在“%2”处格式错误：%3。</translation>
    </message>
    <message>
        <source>The header of %1 is malformed: %2.</source>
        <translation>%1 的文件头格式错误：%2。</translation>
    </message>
    <message>
        <source>The index '%1' names no file for tensor '%2'.</source>
        <translation>索引“%1”没有为张量“%2”指明文件。</translation>
    </message>
    <message>
        <source>The index '%1' puts tensor '%2' into '%3', which is not a file within the model's folder.</source>
        <translation>索引“%1”将张量“%2”放入“%3”，它不是模型文件夹内的文件。</translation>
    </message>
    <message>
        <source>The index '%1' says that tensor '%2' is in '%3', but it is not there.</source>
        <translation>索引“%1”称张量“%2”在“%3”中，但那里没有。</translation>
    </message>
    <message>
        <source>The key '%1' cannot be read.</source>
        <translation>无法读取键“%1”。</translation>
    </message>
    <message>
        <source>The layers have %1 bits, which '%2' does not store.</source>
        <translation>各层为 %1 比特，“%2”不存储这种。</translation>
    </message>
    <message>
        <source>The layers have zero points: compressed-tensors itself reads them, but transformers 5.24 with compressed-tensors 0.20 refuses such folders.</source>
        <translation>各层带有零点：compressed-tensors 本身可读取，但 transformers 5.24 配合 compressed-tensors 0.20 会拒绝此类文件夹。</translation>
    </message>
    <message>
        <source>The least loss for the bytes: rotated weights on uniform levels, entropy-coded. target_bits sets the size. Slow.</source>
        <translation>同样字节数下损失最小：旋转后的权重用均匀级表示并做熵编码。target_bits 决定大小。较慢。</translation>
    </message>
    <message>
        <source>The lesson '%1' has no title or no steps.</source>
        <translation>课程“%1”没有标题或步骤。</translation>
    </message>
    <message>
        <source>The lesson '%1' is damaged: %2.</source>
        <translation>课程“%1”已损坏：%2。</translation>
    </message>
    <message>
        <source>The lesson asks for a picture '%1', which this program does not know.</source>
        <translation>课程要求本程序不认识的图“%1”。</translation>
    </message>
    <message>
        <source>The lesson asks for row %1 of '%2', which has %3 rows.</source>
        <translation>课程要求“%2”的第 %1 行，但它只有 %3 行。</translation>
    </message>
    <message>
        <source>The matrix has %1 columns but %2 column weights were given.</source>
        <translation>矩阵有 %1 列，但给出 %2 个列权重。</translation>
    </message>
    <message>
        <source>The metadata '%1' is %2, which GGUF cannot hold.</source>
        <translation>元数据“%1”为 %2，GGUF 无法容纳。</translation>
    </message>
    <message>
        <source>The metadata '%1' mixes %2 and %3 in one list.</source>
        <translation>元数据“%1”在一个列表中混用 %2 和 %3。</translation>
    </message>
    <message>
        <source>The metadata '%1' should have %2 characters and has %3.</source>
        <translation>元数据“%1”应有 %2 个字符，实有 %3。</translation>
    </message>
    <message>
        <source>The model '%1' predicts values that are not finite in window %2: it is damaged, or its activations overflow.</source>
        <translation>模型“%1”在窗口 %2 中预测了非有限值：它已损坏，或激活溢出。</translation>
    </message>
    <message>
        <source>The model '%1' predicts values that are not finite: it is damaged, or its activations overflow.</source>
        <translation>模型“%1”预测了非有限值：它已损坏，或激活溢出。</translation>
    </message>
    <message>
        <source>The model has a vocabulary of %1 tokens and the reference one of %2: they cannot be compared.</source>
        <translation>模型的词表有 %1 个词元，参照模型有 %2 个：无法比较。</translation>
    </message>
    <message>
        <source>The model is coded already: turn the original, and quantize that.</source>
        <translation>该模型已经编码：请旋转原模型，再量化它。</translation>
    </message>
    <message>
        <source>The original names none in its files: see where it came from.</source>
        <translation>原始模型的文件中没有注明许可：请查其来源。</translation>
    </message>
    <message>
        <source>The original: right, per byte</source>
        <translation>原模型：答对，按每字节</translation>
    </message>
    <message>
        <source>The override for '%1' matches no linear layer; they are named like '%2'.</source>
        <translation>对“%1”的覆盖不匹配任何线性层；层名形如“%2”。</translation>
    </message>
    <message>
        <source>The packed bits themselves, with report, model card and checksums: smallest, and read by Halftone and its reader in Python.</source>
        <translation>压缩比特本身，附报告、模型卡和校验和：最小，由 Halftone 及其 Python 读取器读取。</translation>
    </message>
    <message>
        <source>The packed matrix '%1' has %2 weights of a rarer class; up to 2^32 can be run.</source>
        <translation>压缩矩阵“%1”有 %2 个较少见类的权重；最多可运行 2^32 个。</translation>
    </message>
    <message>
        <source>The packed matrix '%1' has format version %2, this program reads versions up to %3. A newer Halftone may open it.</source>
        <translation>压缩矩阵“%1”的格式版本为 %2，本程序可读取到版本 %3。更新的 Halftone 也许能打开它。</translation>
    </message>
    <message>
        <source>The packed matrix '%1' has wrapper version %2, this program reads version %3. A newer Halftone may open it.</source>
        <translation>压缩矩阵“%1”的包装版本为 %2，本程序读取版本 %3。更新的 Halftone 也许能打开它。</translation>
    </message>
    <message>
        <source>The packed matrix '%1' is damaged: %2.</source>
        <translation>压缩矩阵“%1”已损坏：%2。</translation>
    </message>
    <message>
        <source>The packed matrix '%1' is not in a form that products read; it has to be expanded.</source>
        <translation>压缩矩阵“%1”不是乘法可直接读取的形式；必须先展开。</translation>
    </message>
    <message>
        <source>The perplexity rose more than threefold: expect broken text. More salient weights or a better method help.</source>
        <translation>困惑度升高到三倍以上：文本可能会破碎。更多显著权重或更好的方法会有帮助。</translation>
    </message>
    <message>
        <source>The pictures show where in a matrix the squared error lies: rows down, columns across, dark where it is large, each in a logarithmic scale of its own.</source>
        <translation>小图显示矩阵中平方误差的位置：行向下，列向右，越深误差越大，每幅各用自己的对数刻度。</translation>
    </message>
    <message>
        <source>The pre-tokenizer '%1' (tokenizer.ggml.pre) is not known here; known are %2.</source>
        <translation>预分词器“%1” (tokenizer.ggml.pre) 在此未知；已知的有 %2。</translation>
    </message>
    <message>
        <source>The project '%1' cannot be made: %2.</source>
        <translation>无法创建项目“%1”：%2。</translation>
    </message>
    <message>
        <source>The project '%1' cannot be opened: %2. Nothing of this session is kept in it.</source>
        <translation>无法打开项目“%1”：%2。本次会话不会保存在其中。</translation>
    </message>
    <message>
        <source>The project '%1' could not be saved: %2.</source>
        <translation>无法保存项目“%1”：%2。</translation>
    </message>
    <message>
        <source>The project '%1' is damaged (%2). It is left as it is and nothing of this session is kept in it; move it away to begin a new one.</source>
        <translation>项目“%1”已损坏 (%2)。它保持原样，本次会话不会保存在其中；移走它即可开始新项目。</translation>
    </message>
    <message>
        <source>The project '%1' is open in another Halftone: it can be looked at here, but new runs and notes are not kept. Close the other one and open the project again.</source>
        <translation>项目“%1”已在另一个 Halftone 中打开：此处可以查看，但不保存新的运行和备注。请关闭另一个后重新打开项目。</translation>
    </message>
    <message>
        <source>The project '%1' may not be written by this user: new runs and notes are not kept.</source>
        <translation>此用户无权写入项目“%1”：不保存新的运行和备注。</translation>
    </message>
    <message>
        <source>The project '%1' was made by a newer Halftone (version %2, this one writes %3): new runs and notes are not kept.</source>
        <translation>项目“%1”由较新的 Halftone 创建（版本 %2，本程序为 %3）：不保存新的运行和备注。</translation>
    </message>
    <message>
        <source>The prompt is empty; the model needs at least one token to go on from.</source>
        <translation>提示为空；模型至少需要一个词元才能续写。</translation>
    </message>
    <message>
        <source>The provenance of '%1' names '%2', which is no file within it.</source>
        <translation>“%1”的出处指明“%2”，它不是其中的文件。</translation>
    </message>
    <message>
        <source>The recipe '%1' cannot be read: %2.</source>
        <translation>无法读取配方“%1”：%2。</translation>
    </message>
    <message>
        <source>The recipe has version %1, but this program knows version %2.</source>
        <translation>配方版本为 %1，但本程序认识版本 %2。</translation>
    </message>
    <message>
        <source>The recipe's %1 has the unknown key '%2'; known are %3.</source>
        <translation>配方的 %1 有未知的键“%2”；已知的有 %3。</translation>
    </message>
    <message>
        <source>The recipe's %1 should be an object in braces, but it is %2.</source>
        <translation>配方的 %1 应为花括号中的对象，但它是 %2。</translation>
    </message>
    <message>
        <source>The recipe's '%1' should be %2, but it is %3.</source>
        <translation>配方的“%1”应为 %2，但它是 %3。</translation>
    </message>
    <message>
        <source>The recipe's drift 'skip' should list some of %1, but it holds %2.</source>
        <translation>配方漂移的“skip”应列出 %1 中的一些，但它含有 %2。</translation>
    </message>
    <message>
        <source>The recipe's override for '%1' is no pattern: %2.</source>
        <translation>配方中对“%1”的覆盖不是模式：%2。</translation>
    </message>
    <message>
        <source>The report is damaged: %1.</source>
        <translation>报告已损坏：%1。</translation>
    </message>
    <message>
        <source>The result is larger than the original file: fewer salient weights or salient bits make it smaller.</source>
        <translation>结果比原始文件大：更少的显著权重或显著比特会使其变小。</translation>
    </message>
    <message>
        <source>The result will be larger than the original file (%1 MB instead of %2 MB): fewer salient weights or salient bits make it smaller.</source>
        <translation>结果将大于原始文件（%1 MB，原为 %2 MB）：更少的显著权重或显著比特会使其变小。</translation>
    </message>
    <message>
        <source>The run needs about %1 GB of memory, but this machine has %2 GB: fewer or shorter calibration windows need less.</source>
        <translation>运行需要约 %1 GB 内存，但本机有 %2 GB：更少或更短的校准窗口需要更少。</translation>
    </message>
    <message>
        <source>The same model in another basis, which is folded into its weights: for quantizing, in any format.</source>
        <translation>同一个模型换到另一组基，旋转已并入权重：供任何格式的量化使用。</translation>
    </message>
    <message>
        <source>The scale of least error, or by the rules of Ternary Weight Networks or BitNet b1.58.</source>
        <translation>误差最小的尺度，或按 Ternary Weight Networks 或 BitNet b1.58 的规则。</translation>
    </message>
    <message>
        <source>The setting '%1' of %2 is %3; expected is %4.</source>
        <translation>%2 的设置“%1”为 %3；应为 %4。</translation>
    </message>
    <message>
        <source>The settings of %1 are %2 instead of an object of values.</source>
        <translation>%1 的设置为 %2 而不是由值组成的对象。</translation>
    </message>
    <message>
        <source>The state of the unfinished run in '%1' is damaged; start over with --restart.</source>
        <translation>“%1”中未完成运行的状态已损坏；请用 --restart 从头开始。</translation>
    </message>
    <message>
        <source>The tensors of %1 end at byte %2 of the data, but it has %3 bytes.</source>
        <translation>%1 的张量结束于数据第 %2 字节，但数据有 %3 字节。</translation>
    </message>
    <message>
        <source>The text '%1' cannot be read: %2.</source>
        <translation>无法读取文本“%1”：%2。</translation>
    </message>
    <message>
        <source>The text '%1' gives %2 windows of %3 tokens, but %4 were asked for.</source>
        <translation>文本“%1”给出 %2 个窗口，每个 %3 个词元，但要求 %4 个。</translation>
    </message>
    <message>
        <source>The text '%1' gives %2 windows of %3 tokens.</source>
        <translation>文本“%1”给出 %2 个窗口，每个 %3 个词元。</translation>
    </message>
    <message>
        <source>The text '%1' has %2 tokens, too few for any window.</source>
        <translation>文本“%1”有 %2 个词元，不足以构成任何窗口。</translation>
    </message>
    <message>
        <source>The text '%1' has %2 tokens, too few for one window of %3.</source>
        <translation>文本“%1”有 %2 个词元，不足以构成一个 %3 的窗口。</translation>
    </message>
    <message>
        <source>The text '%1' has no room for calibration windows of %2 tokens beside those it is judged on.</source>
        <translation>文本“%1”中除了用于评估的部分，放不下 %2 个词元的校准窗口。</translation>
    </message>
    <message>
        <source>The text '%1' is empty.</source>
        <translation>文本“%1”为空。</translation>
    </message>
    <message>
        <source>The text could not be brought into Unicode normal form: %1.</source>
        <translation>文本无法转换为 Unicode 规范形式：%1。</translation>
    </message>
    <message>
        <source>The text has %1 tokens, but the model's context is %2. Take a shorter one.</source>
        <translation>文本有 %1 个词元，但模型的上下文为 %2。请用较短的文本。</translation>
    </message>
    <message>
        <source>The text is longer than the %1 tokens there is room for.</source>
        <translation>文本长于可容纳的 %1 个词元。</translation>
    </message>
    <message>
        <source>The tokenizer '%1' (tokenizer.ggml.model) is not known here; known are gpt2 and llama.</source>
        <translation>分词器“%1” (tokenizer.ggml.model) 在此未知；已知的有 gpt2 和 llama。</translation>
    </message>
    <message>
        <source>The tokenizer cannot be said in GGUF's terms: its beginning or end token would differ.</source>
        <translation>该分词器无法用 GGUF 表达：其起始或结束词元会不同。</translation>
    </message>
    <message>
        <source>The tokenizer cannot be said in GGUF's terms: the same text would get other token ids.</source>
        <translation>该分词器无法用 GGUF 表达：同一文本会得到不同的词元编号。</translation>
    </message>
    <message>
        <source>The tokenizer cuts its words in a way that llama.cpp has no name for, so this model cannot become a GGUF file that it would read rightly.</source>
        <translation>该分词器切分词的方式在 llama.cpp 中没有名称，因此此模型无法成为它能正确读取的 GGUF 文件。</translation>
    </message>
    <message>
        <source>The tokenizer has no token for %1 and no unknown token.</source>
        <translation>分词器没有 %1 的词元，也没有未知词元。</translation>
    </message>
    <message>
        <source>The tokenizer is not carried over: %1 Copy it from the original's folder.</source>
        <translation>分词器未沿用：%1 请从原始模型的文件夹复制。</translation>
    </message>
    <message>
        <source>The tokenizer joins a Unigram model with a ByteLevel pre_tokenizer, which is not known here.</source>
        <translation>分词器将 Unigram 模型与 ByteLevel 预分词器结合，在此未知。</translation>
    </message>
    <message>
        <source>The tokenizer splits with the behaviour '%1', which is not known here.</source>
        <translation>分词器以“%1”行为切分，在此未知。</translation>
    </message>
    <message>
        <source>The tokenizer's %1 is nested more than %2 deep.</source>
        <translation>分词器的 %1 嵌套超过 %2 层。</translation>
    </message>
    <message>
        <source>The tokenizer's %1 is of the kind '%2', which is not known here.</source>
        <translation>分词器的 %1 属于“%2”类，在此未知。</translation>
    </message>
    <message>
        <source>The tokenizer's %1 replaces or splits at an empty text.</source>
        <translation>分词器的 %1 在空文本处替换或切分。</translation>
    </message>
    <message>
        <source>The tokenizer's %1 should be a whole number from 0 to %2 but is %3.</source>
        <translation>分词器的 %1 应为 0 到 %2 的整数，但它是 %3。</translation>
    </message>
    <message>
        <source>The tokenizer's decoder has '%1' in a place or with values that are not known here.</source>
        <translation>分词器的解码器中“%1”的位置或取值在此未知。</translation>
    </message>
    <message>
        <source>The tokenizer's decoder replaces an empty text.</source>
        <translation>分词器的解码器替换空文本。</translation>
    </message>
    <message>
        <source>The tokenizer's expression '%1' is not a regular expression: %2.</source>
        <translation>分词器的表达式“%1”不是正则表达式：%2。</translation>
    </message>
    <message>
        <source>The tokenizer's expression '%1' needs too many steps on this text.</source>
        <translation>分词器的表达式“%1”在此文本上需要太多步骤。</translation>
    </message>
    <message>
        <source>The tokenizer's expression '%1' uses %2, which this program cannot run exactly.</source>
        <translation>分词器的表达式“%1”使用了 %2，本程序无法精确运行。</translation>
    </message>
    <message>
        <source>The tokenizer's model is of the kind '%1', which is not known here; known are BPE and Unigram.</source>
        <translation>分词器的模型属于“%1”类，在此未知；已知的有 BPE 和 Unigram。</translation>
    </message>
    <message>
        <source>The tokenizer's model sets '%1', which is not known here.</source>
        <translation>分词器的模型设置了“%1”，在此未知。</translation>
    </message>
    <message>
        <source>The tokenizer's post_processor names no 'cls' token.</source>
        <translation>分词器的 post_processor 没有指明“cls”词元。</translation>
    </message>
    <message>
        <source>The tokenizer's pre_tokenizer has '%1' behind ByteLevel, which should be last.</source>
        <translation>分词器的 pre_tokenizer 在 ByteLevel 之后有“%1”，而 ByteLevel 应在最后。</translation>
    </message>
    <message>
        <source>The tokenizer's unknown token %1 is not in its vocabulary.</source>
        <translation>分词器的未知词元 %1 不在其词表中。</translation>
    </message>
    <message>
        <source>The tokenizer's vocabulary has %1 tokens.</source>
        <translation>分词器的词表有 %1 个词元。</translation>
    </message>
    <message>
        <source>The tokenizer's vocabulary has %1 twice, as token %2 and as token %3.</source>
        <translation>分词器的词表中 %1 出现两次，作为词元 %2 和 %3。</translation>
    </message>
    <message>
        <source>The turned weights are rounded to 16 bits.</source>
        <translation>旋转后的权重舍入为 16 位。</translation>
    </message>
    <message>
        <source>The type %1 can be read but not written.</source>
        <translation>类型 %1 可读取但不可写入。</translation>
    </message>
    <message>
        <source>The unfinished run cannot go on (start over with --restart): %1</source>
        <translation>未完成的运行无法继续（用 --restart 从头开始）：%1</translation>
    </message>
    <message>
        <source>The unfinished run in '%1' cannot be removed.</source>
        <translation>无法删除“%1”中未完成的运行。</translation>
    </message>
    <message>
        <source>There is no GPU among the Vulkan devices (halftone-cli devices lists them); use --backend cpu, or name one as vulkan:0.</source>
        <translation>Vulkan 设备中没有 GPU（halftone-cli devices 会列出它们）；请使用 --backend cpu，或指定一个，如 vulkan:0。</translation>
    </message>
    <message>
        <source>There is no Vulkan device; use --backend cpu.</source>
        <translation>没有 Vulkan 设备；请使用 --backend cpu。</translation>
    </message>
    <message>
        <source>There is no device '%1'; halftone-cli devices lists what there is.</source>
        <translation>没有设备“%1”；halftone-cli devices 列出现有设备。</translation>
    </message>
    <message>
        <source>There is no export target '%1'; there are %2.</source>
        <translation>没有导出目标“%1”；现有 %2。</translation>
    </message>
    <message>
        <source>There is no file '%1'.</source>
        <translation>没有文件“%1”。</translation>
    </message>
    <message>
        <source>There is no file or folder '%1'.</source>
        <translation>没有文件或文件夹“%1”。</translation>
    </message>
    <message>
        <source>There is no preset '%1'; there are %2.</source>
        <translation>没有预设“%1”；现有 %2。</translation>
    </message>
    <message>
        <source>There is no quantization method '%1'; there are %2.</source>
        <translation>没有量化方法“%1”；现有 %2。</translation>
    </message>
    <message>
        <source>There is no report in '%1': `quantize` leaves one in each packed folder.</source>
        <translation>“%1”中没有报告：`quantize` 会在每个压缩文件夹中留下一份。</translation>
    </message>
    <message>
        <source>There is no setting '%1' in %2; it has %3.</source>
        <translation>%2 中没有设置“%1”；它有 %3。</translation>
    </message>
    <message>
        <source>There is not enough memory for an array of %1x%2 (%3 MiB). Close other programs or choose a smaller model.</source>
        <translation>内存不足以容纳 %1x%2 的数组 (%3 MiB)。请关闭其他程序或选择较小的模型。</translation>
    </message>
    <message>
        <source>There is nothing at '%1'.</source>
        <translation>“%1”处什么都没有。</translation>
    </message>
    <message>
        <source>This GGUF file holds the result of its rope scaling and not the rule, which config.json would need; export from the original folder.</source>
        <translation>此 GGUF 文件存放的是 rope 缩放的结果而不是规则，而 config.json 需要规则；请从原始文件夹导出。</translation>
    </message>
    <message>
        <source>This Halftone was built without the Vulkan backend; use --backend cpu.</source>
        <translation>此 Halftone 构建时未包含 Vulkan 后端；请使用 --backend cpu。</translation>
    </message>
    <message>
        <source>This model scales attention by a factor of its own beside YaRN, which llama.cpp takes from its own rule: compare the texts they write.</source>
        <translation>该模型除 YaRN 外还以自己的系数缩放注意力，llama.cpp 则用自己的规则：请比较两者写出的文本。</translation>
    </message>
    <message>
        <source>This system's OpenSSL offers no SHA-256.</source>
        <translation>此系统的 OpenSSL 不提供 SHA-256。</translation>
    </message>
    <message>
        <source>Threshold and scales over</source>
        <translation>阈值和尺度的范围</translation>
    </message>
    <message>
        <source>To make it again</source>
        <translation>重新制作的方法</translation>
    </message>
    <message>
        <source>Token %1 is not in the vocabulary of %2 tokens.</source>
        <translation>词元 %1 不在 %2 个词元的词表中。</translation>
    </message>
    <message>
        <source>Token %1 is outside the model's vocabulary of %2: the tokenizer does not belong to this model.</source>
        <translation>词元 %1 超出模型 %2 个词元的词表：分词器不属于此模型。</translation>
    </message>
    <message>
        <source>Token %1 of 'tokenizer.ggml.tokens' should be a string but is %2.</source>
        <translation>“tokenizer.ggml.tokens”的词元 %1 应为字符串，但它是 %2。</translation>
    </message>
    <message>
        <source>Token %1 of the tokenizer is both %2 and %3.</source>
        <translation>分词器的词元 %1 既是 %2 又是 %3。</translation>
    </message>
    <message>
        <source>Tokens with the same most likely continuation</source>
        <translation>最可能的后续相同的词元</translation>
    </message>
    <message>
        <source>Tries narrower ranges and takes the one with the least error; slower.</source>
        <translation>尝试更窄的范围并取误差最小的；较慢。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Types of single tensors, of embedding and head can be chosen for GGUF only.</source>
        <translation>只有 GGUF 可以为单个张量、嵌入和输出头选择类型。</translation>
    </message>
    <message>
        <source>Types that would make it small</source>
        <translation>能使它变小的类型</translation>
    </message>
    <message>
        <source>Uniform levels, as many as an entropy coder needs for the wished bits, or a few fixed levels of least error, which need no entropy coder.</source>
        <translation>均匀级，个数由熵编码器达到所需比特数而定；或少数误差最小的固定级，不需要熵编码器。</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Wanda: pruning by weights and activations</source>
        <translation>Wanda：按权重和激活剪枝</translation>
    </message>
    <message>
        <source>Weights of '%1' are too large for scales of %2 bits: set parameter_bits to 32.</source>
        <translation>“%1”的权重对 %2 位的尺度太大：请将 parameter_bits 设为 32。</translation>
    </message>
    <message>
        <source>What '%1' was coded to does not fit into blocks of %2: turn off what changes scales after the method.</source>
        <translation>“%1”的编码结果不适合 %2 的块：请关闭在方法之后改变尺度的选项。</translation>
    </message>
    <message>
        <source>What makes a column salient: the size of its weights, or the output error that losing them would cause on the calibration text.</source>
        <translation>什么使一列显著：其权重的大小，或失去它们会在校准文本上造成的输出误差。</translation>
    </message>
    <message>
        <source>What makes a weight salient: its size, the output error that losing it would cause on the calibration text, or its size times that of its inputs (Wanda).</source>
        <translation>什么使一个权重显著：其大小、失去它会在校准文本上造成的输出误差，或其大小乘以其输入的大小 (Wanda)。</translation>
    </message>
    <message>
        <source>Where the bytes are</source>
        <translation>字节在哪里</translation>
    </message>
    <message>
        <source>Whether the grid of the salient weights spans all weights of the row, as published, or the salient ones.</source>
        <translation>显著权重的网格跨越整行权重（如已发表）还是只跨越显著权重。</translation>
    </message>
    <message>
        <source>Whose forward pass: bnn and fda give plain signs, the others signs with a scale for each row, xnor and recu after taking off the row's mean.</source>
        <translation>采用哪种前向传播：bnn 和 fda 给出单纯的符号，其他给出带每行一个尺度的符号，xnor 和 recu 先减去行均值。</translation>
    </message>
    <message>
        <source>Windows have %1 tokens, the longest that this model reads at once.</source>
        <translation>窗口有 %1 个词元，这是该模型一次能读取的最大长度。</translation>
    </message>
    <message>
        <source>Windows have %1 tokens: the text '%2' has no more.</source>
        <translation>窗口有 %1 个词元：文本“%2”没有更多。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Written by %1 as %2, type %3.</source>
        <translation>由 %1 写为 %2，类型 %3。</translation>
    </message>
    <message>
        <source>a class has %1 levels in %2 bits</source>
        <translation>一个类在 %2 比特中有 %1 个级</translation>
    </message>
    <message>
        <source>a class of %1 levels with encoding %2 has parts that contradict it</source>
        <translation>编码方式为 %2 的 %1 级类含有与之矛盾的部分</translation>
    </message>
    <message>
        <source>a code of tile %1 is not below the %2 levels of its class</source>
        <translation>块 %1 的一个编码不小于其类的 %2 个级</translation>
    </message>
    <message>
        <source>a coding has %1 grids; 1 to 4 are possible.</source>
        <translation>一个编码方案有 %1 个网格；可为 1 到 4 个。</translation>
    </message>
    <message>
        <source>a coding with %1 grids does not say which weight uses which.</source>
        <translation>有 %1 个网格的编码方案没有说明哪个权重用哪个。</translation>
    </message>
    <message>
        <source>a column is in class %1 of %2</source>
        <translation>一列属于 %2 类中的第 %1 类</translation>
    </message>
    <message>
        <source>a column is in group %1 of %2</source>
        <translation>一列属于 %2 组中的第 %1 组</translation>
    </message>
    <message>
        <source>a comment is not closed</source>
        <translation>一个注释没有结束</translation>
    </message>
    <message>
        <source>a grid has %1 levels; 1 to 256 are possible.</source>
        <translation>一个网格有 %1 个级；可为 1 到 256 个。</translation>
    </message>
    <message>
        <source>a grid of %1 levels has a table of %2.</source>
        <translation>%1 个级的网格有 %2 个值的表。</translation>
    </message>
    <message>
        <source>a grid's scale is %1x%2 and its offset %3x%4 but the coding needs %5x%6.</source>
        <translation>一个网格的尺度为 %1x%2、偏移为 %3x%4，但编码方案需要 %5x%6。</translation>
    </message>
    <message>
        <source>a key appears twice</source>
        <translation>一个键出现两次</translation>
    </message>
    <message>
        <source>a level is not finite</source>
        <translation>一个级不是有限值</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>一个列表</translation>
    </message>
    <message>
        <source>a list is not expected here</source>
        <translation>此处不应有列表</translation>
    </message>
    <message>
        <source>a list or dictionary cannot be printed</source>
        <translation>列表或字典无法输出</translation>
    </message>
    <message>
        <source>a loop over %1 names needs lists of as many</source>
        <translation>有 %1 个名称的循环需要同样长度的列表</translation>
    </message>
    <message>
        <source>a mask marks class %1 with parameter %2</source>
        <translation>一个掩码以参数 %2 标记类 %1</translation>
    </message>
    <message>
        <source>a mask needs more than the %1 bytes it has</source>
        <translation>一个掩码需要多于其 %1 字节</translation>
    </message>
    <message>
        <source>a mask of its %1 columns takes %2 bytes</source>
        <translation>其 %1 列的一个掩码占 %2 字节</translation>
    </message>
    <message>
        <source>a name is missing before '%1'</source>
        <translation>“%1”之前缺少名称</translation>
    </message>
    <message>
        <source>a name of %1 bytes is too long</source>
        <translation>%1 字节的名称太长</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>一个数</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1 到 %2 的数</translation>
    </message>
    <message>
        <source>a number grows too large</source>
        <translation>一个数变得太大</translation>
    </message>
    <message>
        <source>a number is not expected here</source>
        <translation>此处不应有数</translation>
    </message>
    <message>
        <source>a scale or offset is not finite</source>
        <translation>一个尺度或偏移不是有限值</translation>
    </message>
    <message>
        <source>a scale spans %1 columns of %2</source>
        <translation>一个尺度跨 %2 列中的 %1 列</translation>
    </message>
    <message>
        <source>a slice needs whole numbers</source>
        <translation>切片需要整数</translation>
    </message>
    <message>
        <source>a stored weight is not finite</source>
        <translation>一个存储的权重不是有限值</translation>
    </message>
    <message>
        <source>a symbol of column %1 is of another class</source>
        <translation>列 %1 的一个符号属于另一类</translation>
    </message>
    <message>
        <source>a tag is not closed</source>
        <translation>一个标签没有结束</translation>
    </message>
    <message>
        <source>a text grows beyond %1 bytes</source>
        <translation>一个文本超过 %1 字节</translation>
    </message>
    <message>
        <source>a text is not closed</source>
        <translation>一个文本没有结束</translation>
    </message>
    <message>
        <source>a text is not expected here</source>
        <translation>此处不应有文本</translation>
    </message>
    <message>
        <source>a value grows beyond %1 bytes</source>
        <translation>一个值超过 %1 字节</translation>
    </message>
    <message>
        <source>a weight is in class %1 but there are only %2 grids.</source>
        <translation>一个权重属于类 %1，但只有 %2 个网格。</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>一个整数</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 到 %2 的整数</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2 in steps of %3</source>
        <translation>%1 到 %2、步长 %3 的整数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>allocate: an array of %1x%2 is not possible.</source>
        <translation>allocate：不可能有 %1x%2 的数组。</translation>
    </message>
    <message>
        <source>an argument without a name follows one with a name</source>
        <translation>无名参数跟在具名参数之后</translation>
    </message>
    <message>
        <source>an expression has more than %1 parts in a row</source>
        <translation>一个表达式连续的部分超过 %1 个</translation>
    </message>
    <message>
        <source>an object in braces</source>
        <translation>花括号中的对象</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>比特</translation>
    </message>
    <message>
        <source>bits per linear weight in these files</source>
        <translation>这些文件中每线性权重比特数</translation>
    </message>
    <message>
        <source>bits per linear weight of the packed model, nominal and on disk</source>
        <translation>压缩模型每线性权重比特数，名义与磁盘</translation>
    </message>
    <message>
        <source>bits per weight</source>
        <translation>每权重比特</translation>
    </message>
    <message>
        <source>block</source>
        <translation>块</translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>块 %1</translation>
    </message>
    <message>
        <source>block %1 of %2</source>
        <translation>第 %1 / %2 块</translation>
    </message>
    <message>
        <source>block %1, window %2</source>
        <translation>块 %1，窗口 %2</translation>
    </message>
    <message>
        <source>cannot be used: it lacks %1</source>
        <translation>无法使用：缺少 %1</translation>
    </message>
    <message>
        <source>checksums</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>columns %1 to %2 are not in a matrix of %3.</source>
        <translation>第 %1 到 %2 列不在 %3 列的矩阵中。</translation>
    </message>
    <message>
        <source>compressed-tensors folder</source>
        <translation>compressed-tensors 文件夹</translation>
    </message>
    <message>
        <source>dtype, shape and two data_offsets are needed</source>
        <translation>需要 dtype、shape 和两个 data_offsets</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入层</translation>
    </message>
    <message>
        <source>error added, measured on one layer</source>
        <translation>增加的误差（在一层上测得）</translation>
    </message>
    <message>
        <source>error, %</source>
        <translation>误差 (%)</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>headers</source>
        <translation>文件头</translation>
    </message>
    <message>
        <source>instead of %1 on disk</source>
        <translation>磁盘上，原为 %1</translation>
    </message>
    <message>
        <source>it appears twice</source>
        <translation>它出现两次</translation>
    </message>
    <message>
        <source>it claims %1 rows and %2 columns</source>
        <translation>它声称 %1 行 %2 列</translation>
    </message>
    <message>
        <source>it claims %1 rows and %2 columns in %3 bytes</source>
        <translation>它声称在 %3 字节中有 %1 行 %2 列</translation>
    </message>
    <message>
        <source>it does not begin with a header</source>
        <translation>它不以文件头开始</translation>
    </message>
    <message>
        <source>it ends within its header</source>
        <translation>它在文件头内结束</translation>
    </message>
    <message>
        <source>it has %1 classes with membership %2</source>
        <translation>它有 %1 类，归属方式 %2</translation>
    </message>
    <message>
        <source>it has %1 masks for %2 classes</source>
        <translation>它对 %2 类有 %1 个掩码</translation>
    </message>
    <message>
        <source>it has more than a scale and an offset in each group</source>
        <translation>它在每组中除尺度和偏移外还有其他内容</translation>
    </message>
    <message>
        <source>it has parts that its version %1 does not know</source>
        <translation>它含有其版本 %1 所没有的部分</translation>
    </message>
    <message>
        <source>it is coded in another basis</source>
        <translation>它以另一个基编码</translation>
    </message>
    <message>
        <source>it is nested deeper than %1</source>
        <translation>它的嵌套深于 %1 层</translation>
    </message>
    <message>
        <source>it is nested more than %1 levels deep</source>
        <translation>它嵌套超过 %1 层</translation>
    </message>
    <message>
        <source>it is nested too deep</source>
        <translation>它嵌套太深</translation>
    </message>
    <message>
        <source>it is not coded</source>
        <translation>它未编码</translation>
    </message>
    <message>
        <source>it is wrapped twice</source>
        <translation>它被包装了两次</translation>
    </message>
    <message>
        <source>its classes need more than the %1 bytes it has</source>
        <translation>其类需要多于它所有的 %1 字节</translation>
    </message>
    <message>
        <source>its codes have encoding %1, this version reads encodings 0 to 2</source>
        <translation>其编码的编码方式为 %1，此版本读取编码方式 0 到 2</translation>
    </message>
    <message>
        <source>its header says another length than its %1 bytes</source>
        <translation>其文件头所述长度不同于其 %1 字节</translation>
    </message>
    <message>
        <source>its kind '%1' is not byte-level BPE.</source>
        <translation>其类型“%1”不是字节级 BPE。</translation>
    </message>
    <message>
        <source>its levels are not evenly spaced</source>
        <translation>其各级间距不均匀</translation>
    </message>
    <message>
        <source>its levels do not hold zero</source>
        <translation>其各级不含零</translation>
    </message>
    <message>
        <source>its parts need %1 bytes and it has %2</source>
        <translation>其各部分需要 %1 字节，而它有 %2</translation>
    </message>
    <message>
        <source>its scales have %1 bits instead of 16 or 32</source>
        <translation>其尺度为 %1 位而不是 16 或 32</translation>
    </message>
    <message>
        <source>its streams do not fill their space</source>
        <translation>其数据流没有填满其空间</translation>
    </message>
    <message>
        <source>its symbols do not fit its %1 x %2 weights</source>
        <translation>其符号与其 %1 x %2 个权重不符</translation>
    </message>
    <message>
        <source>its tiles have %1 rows of %2 columns</source>
        <translation>其块有 %2 列中的 %1 行</translation>
    </message>
    <message>
        <source>its weights are in %1 classes</source>
        <translation>其权重分为 %1 类</translation>
    </message>
    <message>
        <source>its wrapper is longer than what it holds</source>
        <translation>其包装比所含内容长</translation>
    </message>
    <message>
        <source>its wrapper says another length than its %1 bytes</source>
        <translation>其包装所述的长度与其 %1 字节不同</translation>
    </message>
    <message>
        <source>linear layers</source>
        <translation>线性层</translation>
    </message>
    <message>
        <source>llama.cpp does not know this model's sliding window of %1 tokens: beyond it the file attends to more than the original.</source>
        <translation>llama.cpp 不了解此模型 %1 个词元的滑动窗口：超出后文件会比原始模型关注更多。</translation>
    </message>
    <message>
        <source>llama.cpp has no architecture for '%1'.</source>
        <translation>llama.cpp 没有对应“%1”的架构。</translation>
    </message>
    <message>
        <source>llama.cpp has no dynamic rope scaling; this model cannot become a GGUF file.</source>
        <translation>llama.cpp 没有动态 rope 缩放；此模型无法成为 GGUF 文件。</translation>
    </message>
    <message>
        <source>llama.cpp since April 2026</source>
        <translation>llama.cpp 2026 年 4 月起</translation>
    </message>
    <message>
        <source>llama.cpp since July 2026</source>
        <translation>llama.cpp 2026 年 7 月起</translation>
    </message>
    <message>
        <source>llama.cpp since May 2024</source>
        <translation>llama.cpp 2024 年 5 月起</translation>
    </message>
    <message>
        <source>llama.cpp since October 2023 (GGUF version 3), and what is built on it</source>
        <translation>llama.cpp 2023 年 10 月起（GGUF 版本 3），以及基于它的程序</translation>
    </message>
    <message>
        <source>llama.cpp since September 2024</source>
        <translation>llama.cpp 2024 年 9 月起</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>mask %1 is of kind %2</source>
        <translation>掩码 %1 的类型为 %2</translation>
    </message>
    <message>
        <source>matrix units (%1)</source>
        <translation>矩阵单元 (%1)</translation>
    </message>
    <message>
        <source>metadata entries</source>
        <translation>元数据项</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>method '%1'</source>
        <translation>方法“%1”</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>no fp64</source>
        <translation>无 fp64</translation>
    </message>
    <message>
        <source>norms, biases, tokenizer and names</source>
        <translation>归一化、偏置、分词器和名称</translation>
    </message>
    <message>
        <source>null is not expected here</source>
        <translation>此处不应有 null</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>在 %1 上</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>%1 之一</translation>
    </message>
    <message>
        <source>only 'set name = value' is supported</source>
        <translation>只支持“set 名称 = 值”</translation>
    </message>
    <message>
        <source>only lists and dictionaries can be gone over</source>
        <translation>只能遍历列表和字典</translation>
    </message>
    <message>
        <source>only lists and texts have slices</source>
        <translation>只有列表和文本可以切片</translation>
    </message>
    <message>
        <source>per coded weight on disk (nominal %1)</source>
        <translation>每个已编码权重，磁盘（名义 %1）</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>perplexity (original %1)</source>
        <translation>困惑度（原始 %1）</translation>
    </message>
    <message>
        <source>perplexity of the original there</source>
        <translation>原始模型在那里的困惑度</translation>
    </message>
    <message>
        <source>perplexity of the packed model on '%1', %2 windows of %3 tokens</source>
        <translation>压缩模型在“%1”上的困惑度，%2 个窗口，每个 %3 个词元</translation>
    </message>
    <message>
        <source>plain instructions</source>
        <translation>普通指令</translation>
    </message>
    <message>
        <source>queries %1 to %2 with a window of %3 do not fit %4 keys.</source>
        <translation>窗口 %3 的查询 %1 到 %2 与 %4 个键不符。</translation>
    </message>
    <message>
        <source>runs on the processor</source>
        <translation>在处理器上运行</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>slices of texts beyond ASCII are not supported</source>
        <translation>不支持对 ASCII 以外的文本切片</translation>
    </message>
    <message>
        <source>slices with steps are not supported</source>
        <translation>不支持带步长的切片</translation>
    </message>
    <message>
        <source>something undefined is asked for a part</source>
        <translation>向未定义的值索取其成员</translation>
    </message>
    <message>
        <source>source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>squared error from %1 to %2 of the mean squared weight</source>
        <translation>平方误差为权重均方的 %1 到 %2</translation>
    </message>
    <message>
        <source>steer_bits should be 0 (none) or at most 16 bits, but it is %1.</source>
        <translation>steer_bits 应为 0（不用）或至多 16 比特，但给出的是 %1。</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>the GGUF metadata</source>
        <translation>GGUF 元数据</translation>
    </message>
    <message>
        <source>the classes are %1x%2 but the coding is %3x%4.</source>
        <translation>类为 %1x%2，但编码方案为 %3x%4。</translation>
    </message>
    <message>
        <source>the classes of its %1 columns take %2 bytes instead of %3</source>
        <translation>其 %1 列的类占 %2 字节而不是 %3</translation>
    </message>
    <message>
        <source>the codes of a class need %1 bytes and it has %2</source>
        <translation>一个类的编码需要 %1 字节，而它有 %2</translation>
    </message>
    <message>
        <source>the escape '\%1' is not known</source>
        <translation>未知的转义“\%1”</translation>
    </message>
    <message>
        <source>the extent %1 is too large</source>
        <translation>范围 %1 太大</translation>
    </message>
    <message>
        <source>the file is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>the filter '%1' is given something undefined</source>
        <translation>过滤器“%1”得到未定义的值</translation>
    </message>
    <message>
        <source>the filter '%1' is not supported here</source>
        <translation>此处不支持过滤器“%1”</translation>
    </message>
    <message>
        <source>the frequencies of context %1 do not add up</source>
        <translation>上下文 %1 的频率之和不对</translation>
    </message>
    <message>
        <source>the function '%1' is not supported</source>
        <translation>不支持函数“%1”</translation>
    </message>
    <message>
        <source>the grid '%1' has more than scale, offset and levels: its method codes it itself.</source>
        <translation>网格“%1”除尺度、偏移和级外还有其他内容：由其方法自行编码。</translation>
    </message>
    <message>
        <source>the key '%1' appears twice</source>
        <translation>键“%1”出现两次</translation>
    </message>
    <message>
        <source>the key '%1' is not known</source>
        <translation>键“%1”未知</translation>
    </message>
    <message>
        <source>the list is too long</source>
        <translation>列表太长</translation>
    </message>
    <message>
        <source>the mask of tile %1 does not hold the %2 marks it claims</source>
        <translation>块 %1 的掩码没有它声称的 %2 个标记</translation>
    </message>
    <message>
        <source>the method '%1' is not supported</source>
        <translation>不支持方法“%1”</translation>
    </message>
    <message>
        <source>the method '%1' is not supported here</source>
        <translation>此处不支持方法“%1”</translation>
    </message>
    <message>
        <source>the negative number %1 is not expected</source>
        <translation>不应有负数 %1</translation>
    </message>
    <message>
        <source>the number %1 is not a whole number</source>
        <translation>数 %1 不是整数</translation>
    </message>
    <message>
        <source>the number %1 is too long</source>
        <translation>数 %1 太长</translation>
    </message>
    <message>
        <source>the prompt grows beyond %1 bytes</source>
        <translation>提示超过 %1 字节</translation>
    </message>
    <message>
        <source>the recipe '%1'</source>
        <translation>配方“%1”</translation>
    </message>
    <message>
        <source>the same text would get other token ids.</source>
        <translation>同一文本会得到不同的词元编号。</translation>
    </message>
    <message>
        <source>the sign '%1' is not known</source>
        <translation>未知的符号“%1”</translation>
    </message>
    <message>
        <source>the statement '%1' is not supported</source>
        <translation>不支持语句“%1”</translation>
    </message>
    <message>
        <source>the symbols of tile %1 do not end where they should</source>
        <translation>块 %1 的符号没有在应有的位置结束</translation>
    </message>
    <message>
        <source>the test '%1' is not supported</source>
        <translation>不支持测试“%1”</translation>
    </message>
    <message>
        <source>the tiles of a mask need %1 bytes and it has %2</source>
        <translation>一个掩码的块需要 %1 字节，而它有 %2</translation>
    </message>
    <message>
        <source>the words of its pre-tokenizer '%1' cannot be told in tokenizer.json.</source>
        <translation>其预分词器“%1”的词无法在 tokenizer.json 中表达。</translation>
    </message>
    <message>
        <source>there are shares of %1 columns for weights of %2.</source>
        <translation>份额有 %1 列，而权重有 %2 列。</translation>
    </message>
    <message>
        <source>tile %1 claims %2 marks among %3 weights</source>
        <translation>块 %1 声称在 %3 个权重中有 %2 个标记</translation>
    </message>
    <message>
        <source>token %1 is not in the vocabulary of %2.</source>
        <translation>词元 %1 不在 %2 的词表中。</translation>
    </message>
    <message>
        <source>token_clip should be 0 (none) or a factor up to a million, but it is %1.</source>
        <translation>token_clip 应为 0（无）或不超过一百万的倍数，但它是 %1。</translation>
    </message>
    <message>
        <source>top level</source>
        <translation>顶层</translation>
    </message>
    <message>
        <source>transformers has no architecture for '%1'.</source>
        <translation>transformers 没有对应“%1”的架构。</translation>
    </message>
    <message>
        <source>transformers since %1</source>
        <translation>transformers %1 起</translation>
    </message>
    <message>
        <source>transformers with compressed-tensors 0.20 or later</source>
        <translation>transformers 配合 compressed-tensors 0.20 或更新版本</translation>
    </message>
    <message>
        <source>transformers, vLLM and others that read safetensors</source>
        <translation>transformers、vLLM 及其他读取 safetensors 的程序</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>true or false is not expected here</source>
        <translation>此处不应有是或否</translation>
    </message>
    <message>
        <source>tuples are not supported</source>
        <translation>不支持元组</translation>
    </message>
    <message>
        <source>two masks mark class %1</source>
        <translation>两个掩码标记类 %1</translation>
    </message>
    <message>
        <source>two masks mark column %1</source>
        <translation>两个掩码标记列 %1</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>vLLM, and transformers since 4.45 with compressed-tensors</source>
        <translation>vLLM，以及 transformers 4.45 起配合 compressed-tensors</translation>
    </message>
    <message>
        <source>values in '%1'</source>
        <translation>“%1”中的值</translation>
    </message>
    <message>
        <source>window %1</source>
        <translation>窗口 %1</translation>
    </message>
    <message>
        <source>x has %1 columns, heads are %2 wide and %3 pairs of each are turned; whole heads with room for the pairs are needed.</source>
        <translation>x 有 %1 列，头宽 %2，每个转动 %3 对；需要整数个头且容得下这些对。</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
</context>
<context>
    <name>halftone::BudgetDialog</name>
    <message>
        <source>%1 of each layer below. It costs about %2 (now %3), %4 bits per weight on disk, and %5 to make.</source>
        <translation>下表是各层的%1。约需 %2（现为 %3），磁盘上每个权重 %4 比特，制作需 %5。</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Each layer is disturbed in turn, to see how much the model feels it; what it feels most gets most bits.</source>
        <translation>依次扰动各层，看模型受多大影响；影响最大的层得到最多比特。</translation>
    </message>
    <message>
        <source>Fit a budget</source>
        <translation>按预算分配</translation>
    </message>
    <message>
        <source>Fit in</source>
        <translation>限制在</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>最少</translation>
    </message>
    <message>
        <source>MB in all</source>
        <translation>MB（总计）</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Progress of the spreading</source>
        <translation>分配进度</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>偏离幅度</translation>
    </message>
    <message>
        <source>The method '%1' has nothing by which bits could be spent layer by layer. Choose PB-LLM or another with a salient ratio, or one of the presets.</source>
        <translation>方法“%1”没有可逐层分配比特的参数。请选择 PB-LLM 或其他带显著比例的方法，或选用一个预设。</translation>
    </message>
    <message>
        <source>Use as recipe</source>
        <translation>用作配方</translation>
    </message>
    <message>
        <source>What each kind of layer gets</source>
        <translation>各类层得到的份额</translation>
    </message>
    <message>
        <source>What the budget counts</source>
        <translation>预算的单位</translation>
    </message>
    <message>
        <source>bits per weight on disk</source>
        <translation>磁盘上每权重比特数</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>in block</source>
        <translation>所在块</translation>
    </message>
</context>
<context>
    <name>halftone::BudgetField</name>
    <message>
        <source>Fit in</source>
        <translation>限制在</translation>
    </message>
    <message>
        <source>Spreads bits over the layers by how much the model feels each, so that the result has this size</source>
        <translation>按模型对各层的敏感程度分配比特，使结果达到这个大小</translation>
    </message>
    <message>
        <source>any size, or 2.5 bits, 60 MB</source>
        <translation>任意大小，或 2.5 bits、60 MB</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>比特</translation>
    </message>
</context>
<context>
    <name>halftone::ChartPane</name>
    <message>
        <source>%1, as a table</source>
        <translation>%1（表格）</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Numbers (*.csv)</source>
        <translation>数字 (*.csv)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Saves the picture (PNG, SVG) with its numbers beside it, or the numbers alone (CSV)</source>
        <translation>保存图片（PNG、SVG）并附上数据，或仅保存数据（CSV）</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Shows the numbers of the chart</source>
        <translation>显示图表中的数字</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation>图表内容</translation>
    </message>
</context>
<context>
    <name>halftone::ChartTableModel</name>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>±</source>
        <translation>±</translation>
    </message>
</context>
<context>
    <name>halftone::ChartView</name>
    <message>
        <source> ± %1</source>
        <translation> ± %1</translation>
    </message>
    <message>
        <source>%1: %2; %3</source>
        <translation>%1：%2；%3</translation>
    </message>
</context>
<context>
    <name>halftone::CommandPalette</name>
    <message>
        <source>%1    (%2)</source>
        <translation>%1    (%2)</translation>
    </message>
    <message>
        <source>%1 › %2</source>
        <translation>%1 › %2</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>输入您想做的事</translation>
    </message>
</context>
<context>
    <name>halftone::ComparePage</name>
    <message numerus="yes">
        <source>Best of %n: '%1' with %2 at %3.</source>
        <translation><numerusform>%n 次运行中最好的：“%1”，%2，位于 %3。</numerusform></translation>
    </message>
    <message>
        <source>Bits per weight on disk</source>
        <translation>磁盘上每权重比特数</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Choices in which the runs differ</source>
        <translation>各次运行不同的选项</translation>
    </message>
    <message>
        <source>Choices in which these runs differ:</source>
        <translation>这些运行在以下选项上不同：</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Errors of the layers, run by run</source>
        <translation>各次运行的层误差</translation>
    </message>
    <message>
        <source>Errors within one method can be compared; across methods, perplexity and divergence decide.</source>
        <translation>同一方法内的误差可以比较；不同方法之间应看困惑度和散度。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Hollow marks from papers, of their models and texts, at the bits as stored. They show on bits per weight and perplexity.</source>
        <translation>空心标记来自论文，对应其模型和文本，按实际存储的比特数计；在每权重比特数与困惑度的图中显示。</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>No runs yet. Start one on the right, or press Sweep… to compare several salient ratios at once.</source>
        <translation>还没有运行。请在右侧开始一次，或点击“扫描…”一次比较多个显著比例。</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Published figures</source>
        <translation>已发表的数据</translation>
    </message>
    <message>
        <source>Quality against size</source>
        <translation>质量与大小</translation>
    </message>
    <message>
        <source>Quality figure</source>
        <translation>质量指标</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Right-click to choose columns</source>
        <translation>右键单击以选择列</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Runs that differ in their seed alone are one mark: their mean, with a bar of one standard deviation between them.</source>
        <translation>仅种子不同的运行合为一个标记：它们的均值，误差条为彼此间的一个标准差。</translation>
    </message>
    <message>
        <source>Runs that judged their result appear here.</source>
        <translation>评估过结果的运行会显示在这里。</translation>
    </message>
    <message>
        <source>Runs the recipe at several salient ratios</source>
        <translation>以多个显著比例运行当前配方</translation>
    </message>
    <message>
        <source>Select runs below.</source>
        <translation>请在下方选择运行。</translation>
    </message>
    <message>
        <source>Select several runs to see how they differ. Names and notes are edited with F2.</source>
        <translation>选择多次运行可查看差异。按 F2 编辑名称和备注。</translation>
    </message>
    <message>
        <source>Select two runs or more to see in which choices they differ.</source>
        <translation>选择两次或更多运行，查看它们在哪些选项上不同。</translation>
    </message>
    <message>
        <source>Size figure</source>
        <translation>大小指标</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>磁盘大小</translation>
    </message>
    <message>
        <source>Sweep…</source>
        <translation>扫描…</translation>
    </message>
    <message>
        <source>Takes the selected runs out of the project; their folders stay</source>
        <translation>将所选运行从项目中移除；其文件夹保留</translation>
    </message>
    <message>
        <source>These runs were made with the same choices.</source>
        <translation>这些运行使用了相同的选项。</translation>
    </message>
    <message>
        <source>against</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>bits per weight on disk</source>
        <translation>磁盘上每权重比特数</translation>
    </message>
    <message>
        <source>error, %</source>
        <translation>误差 (%)</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>size on disk, MB</source>
        <translation>磁盘大小 (MB)</translation>
    </message>
</context>
<context>
    <name>halftone::CurveView</name>
    <message>
        <source>From %1 of error at %2 bits to %3 at %4 bits; now %5 at %6 bits</source>
        <translation>从 %2 比特时误差 %1 到 %4 比特时 %3；现在为 %6 比特时 %5</translation>
    </message>
    <message>
        <source>Layer error against bits on disk</source>
        <translation>层误差与磁盘比特数</translation>
    </message>
    <message>
        <source>Select a matrix to see its error at every ratio</source>
        <translation>选择一个矩阵，查看各比例下的误差</translation>
    </message>
    <message>
        <source>bits on disk</source>
        <translation>磁盘比特数</translation>
    </message>
    <message>
        <source>error, at most %1</source>
        <translation>误差，最大 %1</translation>
    </message>
</context>
<context>
    <name>halftone::EstimateLine</name>
    <message>
        <source>%1 bits per weight on disk</source>
        <translation>磁盘上每个权重 %1 比特</translation>
    </message>
    <message>
        <source>About &lt;b&gt;%1&lt;/b&gt; (now %2), &lt;b&gt;%3&lt;/b&gt;, needs %4 of memory&lt;br&gt;%5 bits per weight on disk, %6 nominal</source>
        <translation>约 &lt;b&gt;%1&lt;/b&gt;（现为 %2），&lt;b&gt;%3&lt;/b&gt;，需要内存 %4&lt;br&gt;磁盘上每权重 %5 比特，名义 %6</translation>
    </message>
    <message>
        <source>Estimating size, memory and time…</source>
        <translation>正在估计大小、内存和时间…</translation>
    </message>
    <message>
        <source>Fitted to &lt;b&gt;%1&lt;/b&gt; by how much the model feels each layer, which is measured first; then about &lt;b&gt;%2&lt;/b&gt;, needs %3 of memory (now %4)</source>
        <translation>先测量模型对各层的敏感程度，再据此压缩到 &lt;b&gt;%1&lt;/b&gt;；之后约需 &lt;b&gt;%2&lt;/b&gt;，内存 %3（现在 %4）</translation>
    </message>
    <message>
        <source>Size, memory and time of the run</source>
        <translation>运行的大小、内存和时间</translation>
    </message>
</context>
<context>
    <name>halftone::ExportPage</name>
    <message>
        <source>%1 (result, %2)</source>
        <translation>%1（结果，%2）</translation>
    </message>
    <message>
        <source>%1 (the open model, %2)</source>
        <translation>%1（打开的模型，%2）</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1，原为 %2</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>How the weights are stored</source>
        <translation>权重的存储方式</translation>
    </message>
    <message>
        <source>In the queue; its result appears here.</source>
        <translation>已加入队列；结果会显示在这里。</translation>
    </message>
    <message>
        <source>Nothing: the weights are taken over as they are.</source>
        <translation>没有：权重原样保留。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>可读取的程序</translation>
    </message>
    <message>
        <source>Result of the export</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>The same export, to be typed in a terminal</source>
        <translation>同样的导出，可在终端中输入</translation>
    </message>
    <message>
        <source>The same model in another basis, which is folded into its weights: what quantizes it loses less where some inputs are far larger than others</source>
        <translation>同一个模型换到另一组基，旋转已并入权重：当某些输入远大于其他输入时，量化它的损失更小</translation>
    </message>
    <message>
        <source>To know</source>
        <translation>须知</translation>
    </message>
    <message>
        <source>Turn the weights for quantizing</source>
        <translation>为量化而旋转权重</translation>
    </message>
    <message>
        <source>Weights as</source>
        <translation>权重存为</translation>
    </message>
    <message>
        <source>What is lost</source>
        <translation>会失去什么</translation>
    </message>
    <message>
        <source>What the export weighs, who reads it and what is lost</source>
        <translation>导出的大小、可读取的程序和失去的内容</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>导出对象</translation>
    </message>
    <message>
        <source>Where to write</source>
        <translation>写入位置</translation>
    </message>
    <message>
        <source>Working out what it weighs…</source>
        <translation>正在计算大小…</translation>
    </message>
    <message>
        <source>bits per linear weight</source>
        <translation>每线性权重比特数</translation>
    </message>
    <message>
        <source>what suits the model best</source>
        <translation>最适合该模型的方式</translation>
    </message>
</context>
<context>
    <name>halftone::HeatmapView</name>
    <message>
        <source>Arrow keys move the cursor, with Shift the map; plus and minus zoom, 0 shows all. Hold B for the original; S puts a line between both, which the arrow keys move.</source>
        <translation>方向键移动光标，按住 Shift 则移动图；加号和减号缩放，0 显示全部。按住 B 查看原始模型；S 在两者之间放置分隔线，用方向键移动。</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>光标</translation>
    </message>
    <message>
        <source>Map of the weights</source>
        <translation>权重图</translation>
    </message>
    <message>
        <source>original</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>rows %1 to %2, columns %3 to %4</source>
        <translation>行 %1 到 %2，列 %3 到 %4</translation>
    </message>
    <message>
        <source>this layer</source>
        <translation>此层</translation>
    </message>
</context>
<context>
    <name>halftone::HistogramView</name>
    <message>
        <source>%1 to %2: %3 weights</source>
        <translation>%1 到 %2：%3 个权重</translation>
    </message>
    <message>
        <source>From %1 to %2, mean %3, standard deviation %4</source>
        <translation>从 %1 到 %2，均值 %3，标准差 %4</translation>
    </message>
    <message>
        <source>Histogram of the weights</source>
        <translation>权重直方图</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>No finite values</source>
        <translation>没有有限值</translation>
    </message>
    <message>
        <source>dashed: mean ± standard deviation</source>
        <translation>虚线：均值 ± 标准差</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>均值 %1</translation>
    </message>
</context>
<context>
    <name>halftone::Inspector</name>
    <message>
        <source>%1: inherits from its kind</source>
        <translation>%1：继承自其类型</translation>
    </message>
    <message>
        <source>%1: inherits from the model</source>
        <translation>%1：继承自模型</translation>
    </message>
    <message>
        <source>All linear layers; kinds and layers may differ</source>
        <translation>所有线性层；各类型和各层可以不同</translation>
    </message>
    <message>
        <source>Copy to every block</source>
        <translation>复制到每个块</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Open, save, copy the recipe; undo</source>
        <translation>打开、保存、复制配方；撤销</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>To this block</source>
        <translation>到此块</translation>
    </message>
    <message>
        <source>What is set for this layer alone holds for its kind in every block</source>
        <translation>仅为此层所设的选项将适用于每个块中的同类层</translation>
    </message>
    <message>
        <source>What is set for this layer alone holds for the other layers of its block</source>
        <translation>只为该层设定的内容也用于同一块的其他层</translation>
    </message>
    <message>
        <source>What the settings are for</source>
        <translation>设置所针对的对象</translation>
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
        <translation>取消</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>清除已结束的</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Ends the job; finished blocks stay on disk</source>
        <translation>结束任务；已完成的块保留在磁盘上</translation>
    </message>
    <message>
        <source>Errors of the layers</source>
        <translation>各层误差</translation>
    </message>
    <message>
        <source>Goes on from the last finished block</source>
        <translation>从最后完成的块继续</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Log of the job</source>
        <translation>任务日志</translation>
    </message>
    <message>
        <source>Moves the job down in the queue</source>
        <translation>在队列中下移任务</translation>
    </message>
    <message>
        <source>Moves the job up in the queue</source>
        <translation>在队列中上移任务</translation>
    </message>
    <message>
        <source>No Vulkan device was found: everything runs on the processor.</source>
        <translation>未找到 Vulkan 设备：一切都在处理器上运行。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Stops a running job until it is resumed; a waiting one is passed by</source>
        <translation>暂停运行中的任务直到继续；等待中的任务会被跳过</translation>
    </message>
    <message>
        <source>Takes ended jobs from the list; results stay</source>
        <translation>从列表中移除已结束的任务；结果保留</translation>
    </message>
    <message>
        <source>Where new jobs run</source>
        <translation>新任务的运行位置</translation>
    </message>
    <message>
        <source>best device</source>
        <translation>最佳设备</translation>
    </message>
</context>
<context>
    <name>halftone::JobRunner</name>
    <message>
        <source>%1: error %2, %3 bits on disk</source>
        <translation>%1：误差 %2，磁盘 %3 比特</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>已继续</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>The run failed: %1.</source>
        <translation>运行失败：%1。</translation>
    </message>
</context>
<context>
    <name>halftone::JobStrip</name>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n jobs stand until they are resumed: open Jobs</source>
        <translation><numerusform>%n 个任务等待继续：请打开“任务”</numerusform></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelled; Start goes on from the last finished block</source>
        <translation>已取消；“开始”会从最后完成的块继续</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Finished in %1: %2</source>
        <translation>用时 %1 完成：%2</translation>
    </message>
    <message>
        <source>Finished: %1</source>
        <translation>已完成：%1</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Jobs (%L1)</source>
        <translation>任务 (%L1)</translation>
    </message>
    <message>
        <source>No run</source>
        <translation>没有运行</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Show result</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>Shows the queue of jobs, their layers and logs</source>
        <translation>显示任务队列、各层和日志</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>The run failed; what is done is kept and Start goes on from there</source>
        <translation>运行失败；已完成的部分保留，“开始”会从那里继续</translation>
    </message>
    <message>
        <source>What is running</source>
        <translation>正在运行的内容</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
</context>
<context>
    <name>halftone::JobTableModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Cancelled; what is done is kept</source>
        <translation>已取消；已完成的部分保留</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成度</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Finished in %1</source>
        <translation>用时 %1 完成</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation>暂停于 %1</translation>
    </message>
    <message>
        <source>Stands until resumed</source>
        <translation>停止，直到被继续</translation>
    </message>
    <message>
        <source>Stands until resumed: %1</source>
        <translation>等待继续：%1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
</context>
<context>
    <name>halftone::LayerMap</name>
    <message>
        <source>%1; of every other row until released</source>
        <translation>%1；松开之前只看每两行中的一行</translation>
    </message>
    <message>
        <source>A run leaves this tensor as it is: choose a linear layer of a block.</source>
        <translation>运行会保持此张量不变：请选择某个块的线性层。</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Measuring the Hessians of the original model, %1 done…</source>
        <translation>正在测量原始模型的 Hessian，已完成 %1…</translation>
    </message>
    <message>
        <source>Tensors of type %1 hold no weights to show.</source>
        <translation>%1 类型的张量没有可显示的权重。</translation>
    </message>
    <message>
        <source>This file is no model that can be run: only its weights can be shown.</source>
        <translation>此文件不是可运行的模型：只能显示其权重。</translation>
    </message>
    <message>
        <source>This method has no salient weights.</source>
        <translation>此方法没有显著权重。</translation>
    </message>
    <message>
        <source>This needs the Hessians of the original model: Measure, on the right, about %1.</source>
        <translation>这需要原始模型的 Hessian：点击右侧的“测量”，约需 %1。</translation>
    </message>
    <message>
        <source>as before, solving…</source>
        <translation>与之前相同，正在求解…</translation>
    </message>
    <message>
        <source>as before, until released</source>
        <translation>松开前与之前相同</translation>
    </message>
    <message>
        <source>compensated, on the original's Hessian</source>
        <translation>带补偿，用原始模型的 Hessian</translation>
    </message>
    <message>
        <source>on the original's Hessian</source>
        <translation>用原始模型的 Hessian</translation>
    </message>
    <message>
        <source>on the original's Hessian, without compensation</source>
        <translation>用原始模型的 Hessian，不带补偿</translation>
    </message>
    <message>
        <source>salient by magnitude, until the Hessian is measured</source>
        <translation>测量 Hessian 之前按幅值选显著权重</translation>
    </message>
    <message>
        <source>salient by magnitude: data-free</source>
        <translation>按幅值选显著权重：无需数据</translation>
    </message>
    <message>
        <source>salient by the original's Hessian</source>
        <translation>按原始模型的 Hessian 选显著权重</translation>
    </message>
    <message>
        <source>uncompensated until released</source>
        <translation>松开前不带补偿</translation>
    </message>
    <message>
        <source>uncompensated, solving…</source>
        <translation>不带补偿，正在求解…</translation>
    </message>
    <message>
        <source>without compensation: data-free</source>
        <translation>不带补偿：无需数据</translation>
    </message>
</context>
<context>
    <name>halftone::LayerTableModel</name>
    <message>
        <source>Damping</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>Disk bits</source>
        <translation>磁盘比特</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Nominal bits</source>
        <translation>名义比特</translation>
    </message>
    <message>
        <source>Salient</source>
        <translation>显著</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Share of the layer's output that is lost: tr(E H Eᵀ) / tr(W H Wᵀ)</source>
        <translation>该层输出中丢失的份额：tr(E H Eᵀ) / tr(W H Wᵀ)</translation>
    </message>
    <message>
        <source>Share of the mean diagonal that was added to the Hessian</source>
        <translation>加到 Hessian 矩阵上的平均对角元份额</translation>
    </message>
</context>
<context>
    <name>halftone::LegendBar</name>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1，从 %2 到 %3</translation>
    </message>
    <message>
        <source>%1, logarithmic</source>
        <translation>%1，对数</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
</context>
<context>
    <name>halftone::LessonPanel</name>
    <message>
        <source>%1 (%2 min)</source>
        <translation>%1（%2 分钟）</translation>
    </message>
    <message>
        <source>'%1' is no state of a lesson.</source>
        <translation>“%1”不是课程状态文件。</translation>
    </message>
    <message>
        <source>'%1' speaks of a lesson '%2', which is not here.</source>
        <translation>“%1”提到的课程“%2”不在这里。</translation>
    </message>
    <message>
        <source>A state file to hand out: lesson, step and slider</source>
        <translation>可分发的状态文件：课程、步骤和滑块</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closes the guide</source>
        <translation>关闭指南</translation>
    </message>
    <message>
        <source>Compressed</source>
        <translation>压缩后</translation>
    </message>
    <message>
        <source>Goes where a state file says</source>
        <translation>转到状态文件所指的位置</translation>
    </message>
    <message>
        <source>Handout</source>
        <translation>讲义</translation>
    </message>
    <message>
        <source>Handout…</source>
        <translation>讲义…</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Lesson state (*.json)</source>
        <translation>课程状态 (*.json)</translation>
    </message>
    <message>
        <source>Next lesson</source>
        <translation>下一课</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Not quite.</source>
        <translation>不完全对。</translation>
    </message>
    <message>
        <source>Open a lesson's state</source>
        <translation>打开课程状态</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始模型</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>揭晓</translation>
    </message>
    <message>
        <source>Save the lesson's state</source>
        <translation>保存课程状态</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>The lesson on paper, answers at the end</source>
        <translation>纸质课程，答案在末尾</translation>
    </message>
    <message>
        <source>This step from its beginning</source>
        <translation>从头开始这一步</translation>
    </message>
    <message>
        <source>What both models write</source>
        <translation>两个模型写出的文本</translation>
    </message>
    <message>
        <source>Working it out…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Yes.</source>
        <translation>对。</translation>
    </message>
</context>
<context>
    <name>halftone::LessonPicture</name>
    <message>
        <source>%1 bits</source>
        <translation>%1 比特</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>+α</source>
        <translation>+α</translation>
    </message>
    <message>
        <source>Picture of this step</source>
        <translation>这一步的图</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
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
        <translation>查看模型失败：%1。</translation>
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
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>A run is going on. Quit? Next time it stands in Jobs, to be resumed from its last finished block.</source>
        <translation>有一次运行正在进行。要退出吗？下次它会停在“任务”中，可从最后完成的块继续。</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>所有命令…</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Halftone</source>
        <translation>Halftone</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>List of tensors</source>
        <translation>张量列表</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation>打开项目(&amp;P)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Open a project, or name a new one</source>
        <translation>打开项目，或为新项目命名</translation>
    </message>
    <message>
        <source>Present lessons in large type</source>
        <translation>以大字演示课程</translation>
    </message>
    <message>
        <source>Projects (*.halftone)</source>
        <translation>项目 (*.halftone)</translation>
    </message>
    <message>
        <source>Recipe at the side</source>
        <translation>侧边配方</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Search tensors</source>
        <translation>搜索张量</translation>
    </message>
    <message>
        <source>Sweep over salient ratios…</source>
        <translation>扫描显著比例…</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>What is under the pointer</source>
        <translation>指针下的内容</translation>
    </message>
</context>
<context>
    <name>halftone::MarginalView</name>
    <message>
        <source>Largest: %1 at %2</source>
        <translation>最大：%1，位于 %2</translation>
    </message>
    <message>
        <source>Root mean square of the columns</source>
        <translation>各列的均方根</translation>
    </message>
    <message>
        <source>Root mean square of the rows</source>
        <translation>各行的均方根</translation>
    </message>
    <message>
        <source>column %1: root mean square %2</source>
        <translation>列 %1：均方根 %2</translation>
    </message>
    <message>
        <source>row %1: root mean square %2</source>
        <translation>行 %1：均方根 %2</translation>
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
        <translation>%1 · %2 · %3 个权重 · %4</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>+</source>
        <translation>+</translation>
    </message>
    <message>
        <source>A cell of a zoomed-out map covers many weights. Their mean is near zero; the root mean square shows where weights are large.</source>
        <translation>缩小后的图中每个单元包含许多权重。其均值接近零；均方根显示权重大的位置。</translation>
    </message>
    <message>
        <source>Choose a tensor in the list on the left.</source>
        <translation>请在左侧列表中选择一个张量。</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Layer of the map</source>
        <translation>图中显示的图层</translation>
    </message>
    <message>
        <source>Log counts</source>
        <translation>计数取对数</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Mean, signed</source>
        <translation>有符号均值</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>No matrix selected</source>
        <translation>未选择矩阵</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始模型</translation>
    </message>
    <message>
        <source>Original less quantized</source>
        <translation>原始减去量化</translation>
    </message>
    <message>
        <source>Point at the map to read values; drag to move, wheel to zoom, hold B for the original, S for a line between both</source>
        <translation>指向图可读取数值；拖动以移动，滚轮缩放，按住 B 查看原始，按 S 在两者之间放置分隔线</translation>
    </message>
    <message>
        <source>Quantized</source>
        <translation>量化后</translation>
    </message>
    <message>
        <source>Root mean square</source>
        <translation>均方根</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Saliency by Hessian</source>
        <translation>按 Hessian 的显著性</translation>
    </message>
    <message>
        <source>Saliency |w|</source>
        <translation>显著性 |w|</translation>
    </message>
    <message>
        <source>Salient dots</source>
        <translation>显著权重点</translation>
    </message>
    <message>
        <source>Share of salient weights in each cell</source>
        <translation>每个单元格中显著权重的份额</translation>
    </message>
    <message>
        <source>Show the whole matrix</source>
        <translation>显示整个矩阵</translation>
    </message>
    <message>
        <source>Shows the histogram of the row under the cursor, with the levels of its binary weights</source>
        <translation>显示光标所在行的直方图，并标出其二值权重的取值</translation>
    </message>
    <message>
        <source>Shows the histogram, the range of the colours and the statistics below the map</source>
        <translation>在热图下方显示直方图、颜色范围和统计数据</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>What the map shows of each cell</source>
        <translation>图中每个单元显示的内容</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>share of salient weights</source>
        <translation>显著权重的份额</translation>
    </message>
    <message>
        <source>w² / U², what losing the weight would cost (SparseGPT)</source>
        <translation>w² / U²，失去该权重的代价 (SparseGPT)</translation>
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
        <translation>知道了</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>halftone::ModelMapModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Bits on disk of this recipe</source>
        <translation>此配方的磁盘比特</translation>
    </message>
    <message>
        <source>Excess kurtosis</source>
        <translation>超额峰度</translation>
    </message>
    <message>
        <source>Layer error of the run</source>
        <translation>该次运行的层误差</translation>
    </message>
    <message>
        <source>Sensitivity: nats a token when disturbed</source>
        <translation>敏感度：受扰动时每个词元的奈特数</translation>
    </message>
    <message>
        <source>Squares in the largest 1 %</source>
        <translation>最大 1 % 所占的平方和</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚未知</translation>
    </message>
</context>
<context>
    <name>halftone::ModelPage</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 · %2 weights · %3 on disk · %4</source>
        <translation>%1 · %2 个权重 · 磁盘 %3 · %4</translation>
    </message>
    <message>
        <source>%1; %L2 of %L3 layers known, from %4 to %5</source>
        <translation>%1；已知 %L2 / %L3 层，从 %4 到 %5</translation>
    </message>
    <message>
        <source>%L1 of %L2 measured</source>
        <translation>已测量 %L1 / %L2</translation>
    </message>
    <message>
        <source>Disturbing the layers in turn: %1</source>
        <translation>正在逐层施加扰动：%1</translation>
    </message>
    <message>
        <source>Disturbs the weights block after block and kind after kind, and sees how much the model's predictions on the calibration text change.</source>
        <translation>逐块、逐类扰动权重，观察模型在校准文本上的预测改变多少。</translation>
    </message>
    <message>
        <source>Figure of the map</source>
        <translation>图中显示的指标</translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <source>Halftone's packed folder</source>
        <translation>Halftone 压缩文件夹</translation>
    </message>
    <message>
        <source>Hugging Face folder</source>
        <translation>Hugging Face 文件夹</translation>
    </message>
    <message>
        <source>Map of the layers: kinds down, blocks across</source>
        <translation>层图：纵向为类型，横向为块</translation>
    </message>
    <message>
        <source>Measure all tensors</source>
        <translation>测量所有张量</translation>
    </message>
    <message>
        <source>Measure sensitivity</source>
        <translation>测量敏感度</translation>
    </message>
    <message>
        <source>Tensors and their statistics</source>
        <translation>张量及其统计</translation>
    </message>
    <message>
        <source>With noise of %1 of the weights' size; a layer counts as its block times its kind.</source>
        <translation>噪声为权重大小的 %1；一层按其所在块与其种类的乘积计。</translation>
    </message>
</context>
<context>
    <name>halftone::ModelWatch</name>
    <message>
        <source>'%1' has changed since it was opened. What is shown, the recipe and the runs stay as they are.</source>
        <translation>“%1”打开之后已被更改。显示的内容、配方和运行都保持不变。</translation>
    </message>
    <message>
        <source>'%1' is no longer there. What is shown, the recipe and the runs stay; put the file back to go on.</source>
        <translation>“%1”已不存在。显示的内容、配方和运行都会保留；放回文件即可继续。</translation>
    </message>
</context>
<context>
    <name>halftone::OriginalHessians</name>
    <message>
        <source>block %1</source>
        <translation>块 %1</translation>
    </message>
</context>
<context>
    <name>halftone::ParameterForm</name>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>重置 %1</translation>
    </message>
    <message>
        <source>Reset to what it inherits</source>
        <translation>重置为继承的值</translation>
    </message>
    <message>
        <source>↺</source>
        <translation>↺</translation>
    </message>
    <message>
        <source>● %1</source>
        <translation>● %1</translation>
    </message>
</context>
<context>
    <name>halftone::PreferencesDialog</name>
    <message>
        <source>A device that lacks something says so. Jobs in the queue stay where they are.</source>
        <translation>缺少某项功能的设备会注明。队列中的任务不受影响。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear the kept Hessians</source>
        <translation>清除保存的 Hessian</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Devices that runs can be computed on</source>
        <translation>可用于运行的设备</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Hessians of models seen before take %1 of at most %2 on disk.</source>
        <translation>以前查看过的模型的 Hessian 占用磁盘 %1，最多 %2。</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>正在查找设备…</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>New runs are computed on</source>
        <translation>新的运行使用</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>There is no GPU with Vulkan here; the processor does everything.</source>
        <translation>这里没有支持 Vulkan 的 GPU；一切由处理器完成。</translation>
    </message>
    <message>
        <source>a GPU that can do it, else the processor</source>
        <translation>能胜任的 GPU，否则用处理器</translation>
    </message>
    <message>
        <source>the best device</source>
        <translation>最佳设备</translation>
    </message>
</context>
<context>
    <name>halftone::RangeBar</name>
    <message>
        <source>3 standard deviations</source>
        <translation>3 倍标准差</translation>
    </message>
    <message>
        <source>95 % of the weights</source>
        <translation>95 % 的权重</translation>
    </message>
    <message>
        <source>99 % of the weights</source>
        <translation>99 % 的权重</translation>
    </message>
    <message>
        <source>99.9 % of the weights</source>
        <translation>99.9 % 的权重</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Log colours</source>
        <translation>颜色取对数</translation>
    </message>
    <message>
        <source>Minimum to maximum</source>
        <translation>最小到最大</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Range of the colours</source>
        <translation>颜色范围</translation>
    </message>
    <message>
        <source>Symmetric</source>
        <translation>对称</translation>
    </message>
    <message>
        <source>The colours reach as far below zero as above it.</source>
        <translation>颜色在零以下和零以上延伸得一样远。</translation>
    </message>
</context>
<context>
    <name>halftone::RatioPreview</name>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; bits nominal, &lt;b&gt;%2&lt;/b&gt; on disk &lt;i&gt;(closed form)&lt;/i&gt;&lt;br&gt;&lt;b&gt;%3&lt;/b&gt; error without compensation &lt;i&gt;(%4)&lt;/i&gt;</source>
        <translation>名义 &lt;b&gt;%1&lt;/b&gt; 比特，磁盘 &lt;b&gt;%2&lt;/b&gt; &lt;i&gt;（闭式解）&lt;/i&gt;&lt;br&gt;不带补偿的误差 &lt;b&gt;%3&lt;/b&gt; &lt;i&gt;（%4）&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;br&gt;&lt;b&gt;%1&lt;/b&gt; ± %2 with the recipe's walk &lt;i&gt;(%3 of %4 rows; original's Hessian)&lt;/i&gt;</source>
        <translation>&lt;br&gt;按配方的遍历 &lt;b&gt;%1&lt;/b&gt; ± %2 &lt;i&gt;（%4 行中的 %3 行；原始模型的 Hessian）&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;br&gt;&lt;i&gt;solving the whole matrix…&lt;/i&gt;</source>
        <translation>&lt;br&gt;&lt;i&gt;正在求解整个矩阵…&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;br&gt;Solved: &lt;b&gt;%1&lt;/b&gt; error, &lt;b&gt;%2&lt;/b&gt; bits on disk, %3 nominal &lt;i&gt;(exact; %4)&lt;/i&gt;</source>
        <translation>&lt;br&gt;已求解：误差 &lt;b&gt;%1&lt;/b&gt;，磁盘 &lt;b&gt;%2&lt;/b&gt; 比特，名义 %3 &lt;i&gt;（精确；%4）&lt;/i&gt;</translation>
    </message>
    <message>
        <source>Bits and error at this ratio</source>
        <translation>此比例下的比特数和误差</translation>
    </message>
    <message>
        <source>Errors with compensation need the original model's Hessians: about %1 and %2 of memory.</source>
        <translation>带补偿的误差需要原始模型的 Hessian：约需 %1 和 %2 内存。</translation>
    </message>
    <message>
        <source>Finding out how long the Hessians take…</source>
        <translation>正在估计 Hessian 所需的时间…</translation>
    </message>
    <message>
        <source>Hessians of the original model on %1, kept from an earlier time; a run sees packed inputs, so its own differ.</source>
        <translation>原模型在 %1 上的 Hessian，由以前保存；运行时看到的是打包后的输入，因此其自身的会有所不同。</translation>
    </message>
    <message>
        <source>Hessians of the original model on %1; a run sees packed inputs, so its own differ.</source>
        <translation>原始模型在 %1 上的 Hessian；运行时看到的是压缩后的输入，因此其 Hessian 会不同。</translation>
    </message>
    <message>
        <source>Layer error against bits on disk</source>
        <translation>层误差与磁盘比特数</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measuring the original model's Hessians: %1, about %2 left</source>
        <translation>正在测量原始模型的 Hessian：%1，约剩 %2</translation>
    </message>
    <message>
        <source>This matrix at every ratio</source>
        <translation>此矩阵在各比例下</translation>
    </message>
    <message>
        <source>data-free</source>
        <translation>无需数据</translation>
    </message>
    <message>
        <source>diagonal of the original's Hessian</source>
        <translation>原始模型 Hessian 的对角元</translation>
    </message>
    <message>
        <source>original's Hessian</source>
        <translation>原始模型的 Hessian</translation>
    </message>
</context>
<context>
    <name>halftone::RatioSlider</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
</context>
<context>
    <name>halftone::RecipeMenu</name>
    <message>
        <source>&amp;Presets</source>
        <translation>预设(&amp;P)</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>Fit a budget…</source>
        <translation>按预算分配…</translation>
    </message>
    <message>
        <source>Open recipe</source>
        <translation>打开配方</translation>
    </message>
    <message>
        <source>Open recipe…</source>
        <translation>打开配方…</translation>
    </message>
    <message>
        <source>Re&amp;cipe</source>
        <translation>配方(&amp;C)</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>配方 (*.json)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Save recipe</source>
        <translation>保存配方</translation>
    </message>
    <message>
        <source>Save recipe…</source>
        <translation>保存配方…</translation>
    </message>
    <message>
        <source>Spreads bits over the layers so that the whole fits</source>
        <translation>把比特分配到各层，使总量符合预算</translation>
    </message>
    <message>
        <source>The recipe '%1' cannot be written: %2.</source>
        <translation>无法写入配方“%1”：%2。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>open recipe</source>
        <translation>打开配方</translation>
    </message>
</context>
<context>
    <name>halftone::ResultPage</name>
    <message>
        <source>%1 windows of %2 tokens from %3 · %4</source>
        <translation>来自 %3 的 %1 个窗口，每个 %2 个词元 · %4</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1，方法 %2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Figures of the result</source>
        <translation>结果数据</translation>
    </message>
    <message>
        <source>KL divergence, nats a token</source>
        <translation>KL 散度，每词元奈特</translation>
    </message>
    <message>
        <source>Layers and their errors</source>
        <translation>各层及其误差</translation>
    </message>
    <message>
        <source>No program was found that opens '%1'.</source>
        <translation>找不到能打开“%1”的程序。</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>The whole report, ready to be printed, in the browser</source>
        <translation>完整报告，可打印，在浏览器中打开</translation>
    </message>
    <message>
        <source>bits per weight on disk</source>
        <translation>磁盘上每权重比特数</translation>
    </message>
    <message>
        <source>embedding %1</source>
        <translation>嵌入层 %1</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>输出头 %1</translation>
    </message>
    <message>
        <source>linear layers %1</source>
        <translation>线性层 %1</translation>
    </message>
    <message>
        <source>nominal bits</source>
        <translation>名义比特</translation>
    </message>
    <message>
        <source>norms, biases and headers %1</source>
        <translation>归一化、偏置和文件头 %1</translation>
    </message>
    <message>
        <source>perplexity (± %1)</source>
        <translation>困惑度 (± %1)</translation>
    </message>
    <message>
        <source>same top token</source>
        <translation>首选词元相同</translation>
    </message>
    <message>
        <source>size of the model files</source>
        <translation>模型文件大小</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>halftone::RowInspector</name>
    <message>
        <source>%1 of %2 weights salient</source>
        <translation>%2 个权重中 %1 个显著</translation>
    </message>
    <message>
        <source>Follows the cursor of the map; rows count from 0</source>
        <translation>跟随图中的光标；行号从 0 开始</translation>
    </message>
    <message>
        <source>Histogram of the row's weights</source>
        <translation>该行权重的直方图</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>binary weights become %1 or %2</source>
        <translation>二值权重变为 %1 或 %2</translation>
    </message>
    <message numerus="yes">
        <source>binary weights become one of %n levels, two for each group of columns</source>
        <translation><numerusform>二值权重变为 %n 个取值之一，每组列两个</numerusform></translation>
    </message>
    <message>
        <source>lost %1 of the row's squares</source>
        <translation>损失该行平方和的 %1</translation>
    </message>
    <message>
        <source>marked: ±α around the row's mean</source>
        <translation>标记：行均值两侧的 ±α</translation>
    </message>
    <message>
        <source>marked: ±α of each group</source>
        <translation>标记：每组的 ±α</translation>
    </message>
    <message>
        <source>mean |w| %1</source>
        <translation>|w| 均值 %1</translation>
    </message>
</context>
<context>
    <name>halftone::RunTableModel</name>
    <message>
        <source>%1 ± %2 (%3)</source>
        <translation>%1 ± %2（%3）</translation>
    </message>
    <message>
        <source>Disk bits</source>
        <translation>磁盘比特</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Nominal bits</source>
        <translation>名义比特</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Perplexity over seeds</source>
        <translation>各种子的困惑度</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Salient</source>
        <translation>显著</translation>
    </message>
    <message>
        <source>Same top token</source>
        <translation>首选词元相同</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>磁盘大小</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>not pinned</source>
        <translation>未置顶</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>± (standard error)</source>
        <translation>±（标准误差）</translation>
    </message>
</context>
<context>
    <name>halftone::Session</name>
    <message>
        <source>copy to block</source>
        <translation>复制到块</translation>
    </message>
    <message>
        <source>copy to kind</source>
        <translation>复制到类型</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>重置</translation>
    </message>
</context>
<context>
    <name>halftone::ShareSlider</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>halftone::StartPage</name>
    <message>
        <source>A Hugging Face folder, a .safetensors or a .gguf file. Opening reads only its header; nothing is changed.</source>
        <translation>Hugging Face 文件夹、.safetensors 或 .gguf 文件。打开时只读取文件头，不做任何更改。</translation>
    </message>
    <message>
        <source>A small language model made for Halftone, ready to be compressed</source>
        <translation>为 Halftone 制作的小语言模型，可直接压缩</translation>
    </message>
    <message>
        <source>Begin the lessons</source>
        <translation>开始课程</translation>
    </message>
    <message>
        <source>Drop a model here</source>
        <translation>将模型拖到这里</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open the sample model</source>
        <translation>打开示例模型</translation>
    </message>
    <message>
        <source>Recent models</source>
        <translation>最近的模型</translation>
    </message>
    <message>
        <source>Seven short lessons on the sample model show what binarization does</source>
        <translation>七节短课，用样例模型演示二值化的作用</translation>
    </message>
</context>
<context>
    <name>halftone::StartPane</name>
    <message>
        <source>Also write</source>
        <translation>同时写出</translation>
    </message>
    <message>
        <source>Also write for</source>
        <translation>同时写出的目标</translation>
    </message>
    <message>
        <source>Choose the folder for the result</source>
        <translation>选择结果文件夹</translation>
    </message>
    <message>
        <source>Fit in</source>
        <translation>限制在</translation>
    </message>
    <message>
        <source>Folder for the result</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>GGUF has no type for what this method makes: it becomes 16-bit floats there. Methods named gguf stay small.</source>
        <translation>GGUF 没有能存放此方法结果的类型：在那里会变成 16 位浮点数。名称带 gguf 的方法能保持小体积。</translation>
    </message>
    <message>
        <source>Quantize the whole model with this recipe (%1)</source>
        <translation>用此配方量化整个模型 (%1)</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Runs the recipe at several salient ratios</source>
        <translation>以多个显著比例运行当前配方</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Sweep…</source>
        <translation>扫描…</translation>
    </message>
    <message>
        <source>This folder has every weight as a float, at the size of the original.</source>
        <translation>该文件夹把每个权重存为浮点数，与原模型一样大。</translation>
    </message>
    <message>
        <source>This format takes results of rounding to nearest and GPTQ over as they are; others are rounded anew.</source>
        <translation>此格式可原样接收四舍五入和 GPTQ 的结果；其他方法的结果会被重新取整。</translation>
    </message>
    <message>
        <source>Write a size such as 60 MB, or bits per weight such as 2.5 bits.</source>
        <translation>请写大小（如 60 MB）或每个权重的比特数（如 2.5 bits）。</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>无</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
</context>
<context>
    <name>halftone::SweepDialog</name>
    <message>
        <source>%1 at %2 %</source>
        <translation>%1，%2 %</translation>
    </message>
    <message>
        <source>%1, seed %2</source>
        <translation>%1，种子 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n runs will be put into the queue.</source>
        <translation><numerusform>将有 %n 次运行加入队列。</numerusform></translation>
    </message>
    <message>
        <source>Each seed calibrates on windows from other places of the text; Compare shows their mean and spread.</source>
        <translation>每个种子用文本中不同位置的窗口校准；“比较”页显示其均值与离散程度。</translation>
    </message>
    <message>
        <source>Folder that holds the results</source>
        <translation>存放结果的文件夹</translation>
    </message>
    <message>
        <source>One run for each ratio, with the recipe as it stands. Finished ones are not repeated.</source>
        <translation>每个比例运行一次，使用当前配方。已完成的不会重复。</translation>
    </message>
    <message>
        <source>Results in</source>
        <translation>结果存放于</translation>
    </message>
    <message>
        <source>Salient ratios in percent</source>
        <translation>显著比例（百分比）</translation>
    </message>
    <message>
        <source>Salient ratios, %</source>
        <translation>显著比例 (%)</translation>
    </message>
    <message>
        <source>Seeds for each</source>
        <translation>每个比例的种子数</translation>
    </message>
    <message>
        <source>Seeds for each ratio</source>
        <translation>每个比例的种子数</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>The folder '%1' cannot be made.</source>
        <translation>无法创建文件夹“%1”。</translation>
    </message>
    <message>
        <source>Write shares from 0 to 100, separated by spaces, such as 5 10 20.</source>
        <translation>请输入 0 到 100 的份额，用空格分隔，例如 5 10 20。</translation>
    </message>
</context>
<context>
    <name>halftone::TensorPane</name>
    <message numerus="yes">
        <source>%L1 of %Ln tensors</source>
        <translation><numerusform>%L1 / %Ln 个张量</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n tensors</source>
        <translation><numerusform>%n 个张量</numerusform></translation>
    </message>
    <message>
        <source>Search tensors</source>
        <translation>搜索张量</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
</context>
<context>
    <name>halftone::TensorTableModel</name>
    <message>
        <source>Excess kurtosis: 0 for a bell curve, larger with heavier tails</source>
        <translation>超额峰度：钟形曲线为 0，尾部越重越大</translation>
    </message>
    <message>
        <source>Kurtosis</source>
        <translation>峰度</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>离群值</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Share of weights further than %1 standard deviations from the mean</source>
        <translation>距均值超过 %1 倍标准差的权重份额</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Std. dev.</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零</translation>
    </message>
</context>
<context>
    <name>halftone::TensorTreeModel</name>
    <message>
        <source>%1
%2, %3</source>
        <translation>%1
%2，%3</translation>
    </message>
    <message numerus="yes">
        <source>%n tensors</source>
        <translation><numerusform>%n 个张量</numerusform></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
</context>
<context>
    <name>halftone::TextChoices</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>0: the first windows</source>
        <translation>0：开头的窗口</translation>
    </message>
    <message>
        <source>Another seed calibrates on windows from other places of the text and is judged on the same. Compare shows runs that differ in it alone as repeats, with their mean and spread.</source>
        <translation>换一个种子会用文本中其他位置的窗口校准，评估所用的窗口不变。“比较”页把仅种子不同的运行视为重复，显示其均值与离散程度。</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Calibration: seed</source>
        <translation>校准：种子</translation>
    </message>
    <message>
        <source>Choose a file for: %1</source>
        <translation>选择文件：%1</translation>
    </message>
    <message>
        <source>Held-out text</source>
        <translation>留出文本</translation>
    </message>
    <message>
        <source>Judge the result</source>
        <translation>评判结果</translation>
    </message>
    <message>
        <source>Measures perplexity and divergence before and after</source>
        <translation>测量前后的困惑度与散度</translation>
    </message>
    <message>
        <source>Open a text</source>
        <translation>打开文本</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本与窗口</translation>
    </message>
    <message>
        <source>The text by which the result is judged; it should not be the calibration text</source>
        <translation>用来评判结果的文本；不应是校准文本</translation>
    </message>
    <message>
        <source>The text on which the inputs of the layers are observed</source>
        <translation>用来观察各层输入的文本</translation>
    </message>
    <message>
        <source>What a run calibrates on and is judged by</source>
        <translation>运行用来校准和评判的文本</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>of tokens</source>
        <translation>每窗词元</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>the text that comes with Halftone</source>
        <translation>Halftone 自带的文本</translation>
    </message>
    <message>
        <source>what follows the calibration windows</source>
        <translation>校准窗口之后的内容</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
</context>
<context>
    <name>halftone::TextPage</name>
    <message>
        <source> tokens</source>
        <translation> 词元</translation>
    </message>
    <message>
        <source>%1 nats; expected: %2</source>
        <translation>%1 奈特；预期：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>'%1': %2 nats; expected: %3</source>
        <translation>“%1”：%2 奈特；预期：%3</translation>
    </message>
    <message>
        <source>0 always takes the most likely token</source>
        <translation>0 表示总是取最可能的词元</translation>
    </message>
    <message>
        <source>Compressed models</source>
        <translation>压缩后的模型</translation>
    </message>
    <message>
        <source>Each reads the original's text</source>
        <translation>各自阅读原始模型的文本</translation>
    </message>
    <message>
        <source>Each writes on</source>
        <translation>各自续写</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始模型</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Reading marks how much each token surprises each model</source>
        <translation>阅读模式标出每个词元令各模型意外的程度</translation>
    </message>
    <message>
        <source>Runs of this project appear here</source>
        <translation>此项目的运行会显示在这里</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Text of %1</source>
        <translation>%1 的文本</translation>
    </message>
    <message>
        <source>Token under the cursor</source>
        <translation>光标处的词元</translation>
    </message>
    <message>
        <source>Tokens to write</source>
        <translation>要写的词元数</translation>
    </message>
    <message>
        <source>Up to three results beside the original</source>
        <translation>原始模型旁最多三个结果</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写</translation>
    </message>
    <message>
        <source>Write lets the model go on from the prompt; results of runs chosen under Compressed models write beside it.</source>
        <translation>点击“写”让模型接着提示往下写；在“压缩后的模型”中选中的运行结果会在旁边同时写。</translation>
    </message>
</context>
<context>
    <name>halftone::TypeExceptions</name>
    <message>
        <source>A pattern of names in the file; * stands for anything</source>
        <translation>文件中名称的模式；* 代表任意内容</translation>
    </message>
    <message>
        <source>Another type for some tensors</source>
        <translation>为部分张量另选类型</translation>
    </message>
    <message>
        <source>Names of the tensors</source>
        <translation>张量的名称</translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation>删除此行</translation>
    </message>
    <message>
        <source>Tensors whose name fits a pattern are stored otherwise than the rest</source>
        <translation>名称符合模式的张量以不同于其余的方式存储</translation>
    </message>
    <message>
        <source>Their type</source>
        <translation>它们的类型</translation>
    </message>
    <message>
        <source>all of the first block</source>
        <translation>第一个块的全部</translation>
    </message>
    <message>
        <source>an untied head</source>
        <translation>独立的输出头</translation>
    </message>
    <message>
        <source>as</source>
        <translation>存为</translation>
    </message>
    <message>
        <source>down projections</source>
        <translation>down 投影</translation>
    </message>
    <message>
        <source>gate projections</source>
        <translation>gate 投影</translation>
    </message>
    <message>
        <source>key projections</source>
        <translation>key 投影</translation>
    </message>
    <message>
        <source>output projections of attention</source>
        <translation>注意力的输出投影</translation>
    </message>
    <message>
        <source>query projections</source>
        <translation>query 投影</translation>
    </message>
    <message>
        <source>the embedding, and a head that is tied to it</source>
        <translation>嵌入，以及与之共用的输出头</translation>
    </message>
    <message>
        <source>up projections</source>
        <translation>up 投影</translation>
    </message>
    <message>
        <source>value projections</source>
        <translation>value 投影</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A Hugging Face folder, a .safetensors or a .gguf file, a packed folder, or the word sample.</source>
        <translation>Hugging Face 文件夹、.safetensors 或 .gguf 文件、打包文件夹，或单词 sample。</translation>
    </message>
    <message>
        <source>Keep runs and notes in this file instead of the standard one.</source>
        <translation>将运行和备注保存在此文件中，而不是标准文件。</translation>
    </message>
    <message>
        <source>Sees and compresses language models to a few bits per weight.</source>
        <translation>查看语言模型并将其压缩到每权重几比特。</translation>
    </message>
    <message>
        <source>Speak this language, such as zh_CN, instead of the desktop's.</source>
        <translation>使用此语言（例如 zh_CN），而不是桌面的语言。</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
</TS>
