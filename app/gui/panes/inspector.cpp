// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/inspector.h"

#include "base/error.h"
#include "job_runner.h"
#include "look_lane.h"
#include "panes/estimate_line.h"
#include "panes/ratio_preview.h"
#include "quantize/quantizers.h"
#include "session.h"
#include "widgets/parameter_form.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace halftone {

namespace {

const auto kRecipeTag = QStringLiteral("recipe file");

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

QString recipeIn(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    const bool one = urls.size() == 1 && urls.first().isLocalFile();
    return one && urls.first().path().endsWith(QLatin1String(".json"), Qt::CaseInsensitive) ? urls.first().toLocalFile()
                                                                                           : QString();
}

void writeRecipe(const Recipe& recipe, const QString& path)
{
    QSaveFile file(path);
    const QByteArray text = commentedRecipe(recipe).toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        throw Error(Inspector::tr("The recipe '%1' cannot be written: %2.").arg(path, file.errorString()));
}

} // namespace

Inspector::Inspector(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_scope(new QTabBar), m_scopeText(new QLabel),
      m_copy(new QPushButton(tr("Copy to every block"))), m_method(new QComboBox), m_form(new ParameterForm),
      m_preview(new RatioPreview(session))
{
    setMinimumWidth(300);
    setAcceptDrops(true);
    m_method->setAccessibleName(tr("Method"));
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Quantizer* method : quantizers()) {
        m_method->addItem(method->title(), method->id());
        m_method->setItemData(m_method->count() - 1, method->paper(), Qt::ToolTipRole);
    }
    auto* top = new QHBoxLayout;
    top->addWidget(heading(tr("Recipe")), 1);
    top->addWidget(makeRecipeMenu());
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(12, 8, 12, 8);
    rows->setSpacing(8);
    rows->addLayout(top);
    rows->addWidget(makeScope());
    rows->addWidget(m_method);
    rows->addWidget(m_form);
    rows->addSpacing(8);
    rows->addWidget(m_preview);
    rows->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll, 1);
    layout->addWidget(makeFoot());
    rebuildForm();
    connectAll();
}

void Inspector::connectAll()
{
    connect(m_method, &QComboBox::activated, this,
            [this] { m_session.setMethod(m_method->currentData().toString()); });
    connect(m_form, &ParameterForm::changed, &m_session, &Session::setSetting);
    connect(m_form, &ParameterForm::resetWanted, &m_session, &Session::resetSetting);
    connect(m_form, &ParameterForm::dragBegan, &m_session, &Session::beginDrag);
    connect(m_form, &ParameterForm::dragEnded, &m_session, &Session::endDrag);
    connect(m_scope, &QTabBar::currentChanged, this, [this](int index) { m_session.setScope(Scope(index)); });
    connect(m_copy, &QPushButton::clicked, &m_session, &Session::copyOverridesToKind);
    connect(&m_session, &Session::recipeChanged, this, &Inspector::showRecipe);
    connect(&m_session, &Session::scopeChanged, this, &Inspector::showScope);
    connect(&m_session, &Session::selectionChanged, this, &Inspector::showScope);
    connect(&m_session, &Session::checkpointChanged, this, &Inspector::suggestOutput);
}

QWidget* Inspector::makeScope()
{
    for (const QString& title : {tr("Model"), tr("Kind"), tr("Layer")})
        m_scope->addTab(title); // in the order of Scope
    m_scope->setAccessibleName(tr("What the settings are for"));
    m_scope->setObjectName(QStringLiteral("scope"));
    m_scope->setExpanding(true);
    m_scope->setDrawBase(false);
    m_scopeText->setForegroundRole(QPalette::PlaceholderText);
    m_scopeText->setWordWrap(true);
    m_copy->setObjectName(QStringLiteral("copyToKind"));
    m_copy->setToolTip(tr("What is set for this layer alone holds for its kind in every block"));
    auto* scope = new QWidget;
    auto* rows = new QVBoxLayout(scope);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    rows->addWidget(m_scope);
    rows->addWidget(m_scopeText);
    rows->addWidget(m_copy);
    return scope;
}

QToolButton* Inspector::makeRecipeMenu()
{
    auto* button = new QToolButton;
    button->setText(tr("⋯"));
    button->setObjectName(QStringLiteral("recipeMenu"));
    button->setAccessibleName(tr("Open, save, copy the recipe; undo"));
    button->setToolTip(button->accessibleName());
    button->setFocusPolicy(Qt::TabFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    QAction* undo = m_session.undoStack().createUndoAction(this, tr("Undo"));
    QAction* redo = m_session.undoStack().createRedoAction(this, tr("Redo"));
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence::Redo);
    menu->addActions({undo, redo});
    menu->addSeparator();
    menu->addAction(tr("Open recipe…"), this, [this] {
        auto* dialog = new QFileDialog(this, tr("Open recipe"), {}, tr("Recipes (*.json)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &Inspector::loadRecipe);
        dialog->open();
    });
    menu->addAction(tr("Save recipe…"), this, [this] {
        auto* dialog = new QFileDialog(this, tr("Save recipe"), QStringLiteral("recipe.json"), tr("Recipes (*.json)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("json"));
        connect(dialog, &QFileDialog::fileSelected, this, &Inspector::saveRecipe);
        dialog->open();
    });
    QAction* copy = menu->addAction(tr("Copy as command"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, this, &Inspector::copyCommand);
    copy->setObjectName(QStringLiteral("copyAsCommand"));
    addActions({undo, redo, copy}); // so that their shortcuts hold while the menu is closed
    button->setMenu(menu);
    return button;
}

QWidget* Inspector::makeFoot()
{
    auto* foot = new QWidget;
    m_output = new QLineEdit;
    m_output->setAccessibleName(tr("Folder for the result"));
    m_output->setPlaceholderText(tr("Folder for the result"));
    auto* browse = new QToolButton;
    browse->setText(tr("…"));
    browse->setAccessibleName(tr("Choose the folder for the result"));
    m_start = new QPushButton(tr("Start"));
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_start->setEnabled(false);
    auto* folder = new QHBoxLayout;
    folder->addWidget(m_output, 1);
    folder->addWidget(browse);
    auto* rows = new QVBoxLayout(foot);
    rows->setContentsMargins(12, 8, 12, 12);
    rows->addWidget(heading(tr("Result folder")));
    rows->addLayout(folder);
    rows->addWidget(new EstimateLine(m_session));
    rows->addWidget(m_start);
    m_start->setToolTip(tr("Quantize the whole model with this recipe (%1)")
                            .arg(m_start->shortcut().toString(QKeySequence::NativeText)));
    m_start->setDefault(true);
    connect(m_output, &QLineEdit::textChanged, this, &Inspector::enableStart);
    const JobRunner& jobs = m_session.jobs();
    connect(&jobs, &JobRunner::started, this, &Inspector::enableStart);
    connect(&jobs, &JobRunner::finished, this, &Inspector::enableStart);
    connect(&jobs, &JobRunner::failed, this, &Inspector::enableStart);
    connect(&jobs, &JobRunner::cancelled, this, &Inspector::enableStart);
    connect(browse, &QToolButton::clicked, this, &Inspector::chooseOutput);
    connect(m_start, &QPushButton::clicked, this, &Inspector::start);
    return foot;
}

void Inspector::rebuildForm()
{
    m_shownMethod = m_session.recipe().method;
    m_method->setCurrentIndex(m_method->findData(m_shownMethod));
    m_form->setParameters(quantizer(m_shownMethod).parameters(), m_session.recipe().settings);
    showScope();
}

void Inspector::showRecipe()
{
    if (m_session.recipe().method != m_shownMethod) {
        rebuildForm();
        return;
    }
    const ScopePlace place = m_session.scopePlace();
    m_form->showSettings(settingsAt(m_session.recipe(), place));
    m_form->mark([&](const QString& parameter) { return overrides(m_session.recipe(), place, parameter); });
    bool own = false;
    for (const LayerOverride& o : m_session.recipe().overrides)
        own = own || o.layers == place.pattern;
    m_copy->setVisible(place.scope == Scope::Layer && own);
}

void Inspector::showScope()
{
    const ScopePlace place = m_session.scopePlace();
    const bool layer = m_session.placeOf(Scope::Layer).scope == Scope::Layer;
    const QSignalBlocker blocker(m_scope);
    m_scope->setTabEnabled(int(Scope::Kind), layer);
    m_scope->setTabEnabled(int(Scope::Layer), layer);
    m_scope->setCurrentIndex(int(place.scope));
    m_scopeText->setText(place.scope == Scope::Model ? tr("All linear layers; kinds and layers may differ")
                         : place.scope == Scope::Kind ? tr("%1: inherits from the model").arg(place.pattern)
                                                      : tr("%1: inherits from its kind").arg(place.pattern));
    m_method->setEnabled(place.scope == Scope::Model);
    showRecipe();
}

void Inspector::loadRecipe(const QString& path)
{
    m_session.look().ask<Recipe>(
        kRecipeTag, this, [path](Progress&) { return Recipe::fromFile(path); },
        [this](std::shared_ptr<const Recipe> recipe) { m_session.setRecipe(*recipe, tr("open recipe")); },
        [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void Inspector::saveRecipe(const QString& path)
{
    m_session.look().ask<bool>(
        kRecipeTag, this,
        [recipe = m_session.recipe(), path](Progress&) {
            writeRecipe(recipe, path);
            return true;
        },
        {}, [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void Inspector::copyCommand()
{
    QGuiApplication::clipboard()->setText(
        commandFor(m_session.recipe(), QDir::fromNativeSeparators(m_output->text().trimmed())));
}

void Inspector::dragEnterEvent(QDragEnterEvent* event)
{
    if (!recipeIn(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
    else
        event->ignore();
}

void Inspector::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    loadRecipe(recipeIn(*event->mimeData()));
}

void Inspector::suggestOutput()
{
    const QFileInfo model(QDir::cleanPath(m_session.checkpoint()->path()));
    const QString base = QDir::home().filePath(model.completeBaseName() + QStringLiteral("-halftone"));
    // A run refuses a folder that is there, and jobs that wait have taken theirs.
    const auto taken = [this](const QString& path) {
        const auto& jobs = m_session.jobs().jobs();
        return QFileInfo::exists(path) || std::any_of(jobs.begin(), jobs.end(), [&](const auto& job) {
                   return job->open() && job->order.out == path;
               });
    };
    QString path = base;
    for (int i = 2; taken(path); ++i)
        path = QStringLiteral("%1-%2").arg(base).arg(i);
    m_output->setText(QDir::toNativeSeparators(path));
}

void Inspector::chooseOutput()
{
    auto* dialog = new QFileDialog(this, tr("Folder for the result"), m_output->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_output->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

void Inspector::enableStart()
{
    m_start->setEnabled(m_session.checkpoint() && !m_output->text().trimmed().isEmpty());
}

void Inspector::start()
{
    m_session.jobs().start({m_session.recipe(), QDir::fromNativeSeparators(m_output->text())});
    suggestOutput(); // for the next one, which may be put into the queue at once
}

} // namespace halftone
