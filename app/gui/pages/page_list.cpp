// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/page_list.h"

#include "main_window.h"
#include "pages/compare_page.h"
#include "pages/export_page.h"
#include "pages/matrix_page.h"
#include "pages/model_page.h"
#include "pages/text_page.h"

namespace halftone {

namespace {

QWidget* makeModelPage(Session& session, MainWindow& window)
{
    auto* page = new ModelPage(session);
    QObject::connect(page, &ModelPage::activated, &window, [&window] { window.showPage(MainWindow::Matrix); });
    return page;
}

template <typename Page>
QWidget* make(Session& session, MainWindow&)
{
    return new Page(session);
}

} // namespace

const std::vector<PageRow>& pageRows()
{
    static const std::vector<PageRow> rows{
        {QT_TRANSLATE_NOOP("halftone::MainWindow", "Model"), makeModelPage},
        {QT_TRANSLATE_NOOP("halftone::MainWindow", "Matrix"), make<MatrixPage>},
        {QT_TRANSLATE_NOOP("halftone::MainWindow", "Compare"), make<ComparePage>},
        {QT_TRANSLATE_NOOP("halftone::MainWindow", "Text"), make<TextPage>},
        {QT_TRANSLATE_NOOP("halftone::MainWindow", "Export"), make<ExportPage>},
    };
    return rows;
}

} // namespace halftone
