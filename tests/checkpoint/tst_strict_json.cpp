// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/strict_json.h"

#include "base/error.h"
#include "checkpoint/make_files.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace halftone;
using nlohmann::json;

namespace {
const QString kWhat = QStringLiteral("config.json");
}

class TestStrictJson : public QObject
{
    Q_OBJECT
private slots:
    void buildsTheSameValueAsTheLibrary()
    {
        for (const char* text : {"{\"a\":[1,-2,3.5,true,null,\"x\",{}],\"b\":{\"c\":{\"d\":[[],[1,[2]]]}},\"e\":1e300}",
                                 "[]", "7", "\"text\"", " [ [1] , {\"k\": [ {\"z\": 0} , 5 ] } ] "})
            QCOMPARE(parseStrictJson(text, kWhat), json::parse(text));
    }
    void refusesDuplicateKeysWithTheirPlace()
    {
        HALFTONE_REFUSES(parseStrictJson("{\"a\":1,\n \"b\":2,\n \"a\":3}", kWhat), "the key 'a' appears twice");
        HALFTONE_REFUSES(parseStrictJson("{\"a\":1,\n \"b\":2,\n \"a\":3}", kWhat), "line 3");
        HALFTONE_REFUSES(parseStrictJson("[{\"x\":{\"a\":1,\"a\":1}}]", kWhat), "appears twice");
        parseStrictJson("[{\"a\":1},{\"a\":1},{\"b\":{\"a\":1},\"a\":2}]", kWhat);
    }
    void refusesDeepNesting()
    {
        for (const auto& [open, close] : {std::pair{"[", "]"}, std::pair{"{\"a\":", "}"}}) {
            std::string text;
            for (int i = 0; i < kJsonDepth; ++i)
                text = open + (text.empty() ? "1" : text) + close;
            parseStrictJson(text, kWhat);
            HALFTONE_REFUSES(parseStrictJson(open + text + close, kWhat), "levels deep");
        }
        HALFTONE_REFUSES(parseStrictJson(std::string(1000000, '['), kWhat), "levels deep");
    }
    void namesTheFileLineAndColumn()
    {
        HALFTONE_REFUSES(parseStrictJson("{\n  \"a\": tru\n}", kWhat), "config.json is not valid JSON at line 2");
        HALFTONE_REFUSES(parseStrictJson("", kWhat), "config.json");
        HALFTONE_REFUSES(parseStrictJson("{} x", kWhat), "not valid JSON");
        HALFTONE_REFUSES(parseStrictJson("{\"a\":\"\xff\"}", kWhat), "not valid JSON");
        HALFTONE_REFUSES(parseStrictJson("{\"a\":1e999}", kWhat), "not valid JSON");
    }
    void everyPrefixIsRefused()
    {
        const std::string text = "{\"a\":[1,-2.5e3,true,null,\"\\u00e4\"],\"b\":{\"c\":\"x\"}}";
        for (std::size_t i = 0; i < text.size(); ++i)
            QVERIFY(!made::errorOf([&] { parseStrictJson(std::string(text, 0, i), kWhat); }).isEmpty());
    }
    void readsFilesUpToALimit()
    {
        QTemporaryDir folder;
        const QString path = made::write(folder.filePath(QStringLiteral("a.json")), "{\"a\": 1}");
        QCOMPARE(readStrictJson(path)["a"], 1);
        HALFTONE_REFUSES(readStrictJson(path, 7), "more than 7 bytes");
        HALFTONE_REFUSES(readStrictJson(folder.path()), "There is no file");
    }
};

QTEST_APPLESS_MAIN(TestStrictJson)
#include "tst_strict_json.moc"
