//! What the program says by itself.

said! {
    // The frame of every message.
    error(what)
        "错误：{what}"
        "error: {what}";
    wrong_usage(what)
        "用法错误：{what}"
        "usage error: {what}";
    see(command)
        "详见 {command}"
        "see {command}";
    about_file(file, what)
        "{file}：{what}"
        "{file}: {what}";
    in_brackets(what)
        "（{what}）"
        " ({what})";
    with_hint(what, hint)
        "{what}；{hint}"
        "{what}; {hint}";

    // Wrong command lines.
    missing(argument)
        "缺少 {argument}"
        "{argument} is missing";
    missing_command()
        "缺少命令"
        "a command is missing";
    no_such_option(option)
        "没有 {option} 这个选项"
        "there is no option {option}";
    one_too_many(word)
        "多了 {word}"
        "{word} is one too many";
    no_such_command(name)
        "没有 {name} 这个命令"
        "there is no command {name}";
    given_twice(option)
        "{option} 写了不止一次"
        "{option} is given more than once";
    not_together(option, other)
        "{option} 不能与 {other} 同时使用"
        "{option} can't be used with {other}";
    needs_equals(option)
        "{option} 的值要用等号连着写"
        "the value of {option} must be joined with an equals sign";
    takes_no_value(option)
        "{option} 不带值"
        "{option} takes no value";
    not_utf8()
        "有的词不是 UTF-8 文字"
        "some of the words are no UTF-8 text";
    value_missing(option)
        "{option} 缺少值"
        "{option} has no value";
    not_one_of(option, value, valid)
        "{option} 的值不能是 {value}，可用：{valid}"
        "{value} is no value of {option}; use one of: {valid}";
    wrong_value(option, value)
        "{option} 的值不能是 {value}"
        "{value} is no value of {option}";
    because(what, why)
        "{what}：{why}"
        "{what}: {why}";
    to_convert(file)
        "要转换文件，请用 yusuan convert {file} -o out/"
        "to convert files, use yusuan convert {file} -o out/";
    option_of(command)
        "它是 {command} 的选项"
        "it is an option of {command}";
    did_you_mean(word)
        "是不是 {word}？"
        "did you mean {word}?";
    at_least(least)
        "应是 {least} 以上的整数"
        "it must be a whole number of {least} or more";
    shard_form()
        "分片应写作 1/4（第 1 片，共 4 片）"
        "write a shard as 1/4 (the first of four)";
    pages_form()
        "页码应写作 3、1-3 或 1-3,7"
        "write pages as 3, 1-3 or 1-3,7";
    no_such_code(code)
        "没有规则 {code}，也没有这个代码或标记"
        "there is no rule {code}, and no code or flag of that name";
    codes_known(ids)
        "可用：{ids}"
        "known: {ids}";

    // Files and lists that can't be used.
    nothing_found()
        "没有找到任何文件"
        "no file was found";
    nothing_readable(reasons)
        "没有找到可以读取的文件\n{reasons}"
        "no file that can be read was found\n{reasons}";
    no_list()
        "无法读取文件清单"
        "the list of files can't be read";
    list_unreadable(list)
        "无法读取文件清单 {list}"
        "the list of files {list} can't be read";
    table_unreadable(list)
        "无法读取清单 {list}"
        "the list {list} can't be read";
    list_of_files(list)
        "文件清单 {list}"
        "list of files {list}";
    table_of_files(list)
        "清单 {list}"
        "list {list}";
    table_without_path(list)
        "清单 {list} 没有 path 这一列（应有：path,url,region,department,year）"
        "the list {list} has no column path (expected: path,url,region,department,year)";
    line_not_used(line, why)
        "第 {line} 行没有采用：{why}"
        "line {line} was not used: {why}";
    listed_before(path, line)
        "{path} 已在第 {line} 行"
        "{path} stands in line {line} already";
    no_year(text)
        "年度“{text}”不是四位数的年份"
        "the year \"{text}\" is no year of four digits";
    bodies_unusable(list, why)
        "无法使用机构名称表 {list}：{why}"
        "the list of bodies {list} can't be used: {why}";
    no_alias_column()
        "没有 alias 这一列（应有：alias,name,id）"
        "it has no column alias (expected: alias,name,id)";
    no_name_column()
        "没有 name 和 id 这两列（应有：alias,name,id）"
        "it has neither a column name nor id (expected: alias,name,id)";
    in_line(line, why)
        "第 {line} 行：{why}"
        "line {line}: {why}";
    corrections_unusable(list, why)
        "无法使用更正文件 {list}：{why}"
        "the file of corrections {list} can't be used: {why}";
    hints_unusable(file, why)
        "无法使用表格提示文件 {file}：{why}"
        "the file of hints {file} can't be used: {why}";
    hints_no_json(why)
        "不是 JSON：{why}"
        "it is no JSON: {why}";
    hints_version(version)
        "version 应为 {version}"
        "version should be {version}";
    hints_no_list(name)
        "{name} 应是一个列表"
        "{name} should be a list";
    hints_whose()
        "缺少 doc_id 或 source：写明是哪一份文件"
        "doc_id or source is missing: say which file is meant";
    in_hinted_document(number, why)
        "documents 第 {number} 份：{why}"
        "documents, number {number}: {why}";
    in_hint(number, why)
        "hints 第 {number} 条：{why}"
        "hints, number {number}: {why}";
    hint_no_object()
        "应是一个对象，形如 {{\"kind\": …}}"
        "it should be an object like {{\"kind\": …}}";
    hint_kind(valid)
        "kind 应是其中之一：{valid}"
        "kind should be one of: {valid}";
    hint_lacks(name)
        "缺少 {name}"
        "{name} is missing";
    hint_unknown(name)
        "没有 {name} 这一项，请检查拼写"
        "there is no {name}; please check its spelling";
    hint_value(why)
        "有的值不合要求：{why}"
        "a value is not what it should be: {why}";
    hint_area()
        "page 从 1 数起，bbox 依次为左、上、右、下（点），右要大于左，下要大于上"
        "page is counted from 1, and bbox is left, top, right, bottom in points with right beyond left and bottom beyond top";
    hint_too_many(name, count, most)
        "{name} 有 {count} 个，最多 {most} 个"
        "{name} has {count}; {most} at most";
    hint_lines(name)
        "{name} 要从小到大，并在 bbox 之内"
        "{name} should rise and lie within bbox";
    hint_runs_on()
        "runs_on 应是 page 之后的页"
        "runs_on should be pages after page";
    hint_cells()
        "table 和 cells 从 1 数起，cells 依次为首行、首列、末行、末列"
        "table and cells are counted from 1, and cells is first row, first column, last row, last column";
    hint_homeless(name, count)
        "表格提示未采用：没有文件是 {name}（{count} 条）"
        "hints not used: no file is {name} ({count})";
    no_such_document(name)
        "没有 {name} 这份文件"
        "there is no document {name}";
    output_skipped(folder)
        "跳过 yusuan 写出的文件夹 {folder}"
        "skipping the folder {folder}, which yusuan wrote";

    // What ends a run.
    folder_taken(folder)
        "{folder} 正被另一次运行使用，请等它结束，或换一个文件夹"
        "another run is at work in {folder}; wait for its end, or take another folder";
    claim_lost(address)
        "另一次运行接管了 {address}，这次运行没有改动清单；请再运行一次"
        "another run took {address} over; this one left the lists as they were: run it again";
    only_here(command)
        "{command} 只能用于本机的文件夹；请先把它复制下来（如 aws s3 sync）"
        "{command} works on folders of this machine; copy it here first (aws s3 sync, for example)";
    interrupted()
        "运行被中断，已完成的部分已保存；再次运行会从中断处继续"
        "the run was interrupted; what was done is saved, and the next run goes on from there";
    out_of_memory(mib)
        "内存不足：连 {mib} MiB 也得不到，没有开始转换"
        "out of memory: not even {mib} MiB can be had; nothing was converted";
    no_signals()
        "无法接收信号"
        "signals can't be received";
    no_thread()
        "无法启动线程"
        "no thread could be started";
    no_pool()
        "无法启动工作线程"
        "no working threads could be started";
    no_worker()
        "无法启动工作进程"
        "no worker process could be started";
    no_worker_but_here()
        "无法启动工作进程（可以用 --no-isolation 在本进程内读取）"
        "no worker process could be started (--no-isolation reads in this process)";
    hopeless(why)
        "工作进程一再无法工作，运行停止，已完成的部分已保存：{why}"
        "worker processes fail again and again; the run stops, what was done is saved: {why}";
    system_lacks(what)
        "系统资源不足（{what}），运行停止；已完成的部分已保存，再次运行会从中断处继续"
        "the system lacks resources ({what}), and the run stops; what was done is saved, and the next run goes on from there";
    panicked(what, place)
        "程序内部错误（{what}，{place}），请报告这个问题"
        "internal error of the program ({what}, {place}); please report it";
    other_force(what)
        "{what}；换一个文件夹，或加 --force"
        "{what}; take another folder, or add --force";
    other_layout(folder)
        "{folder} 是用另一种 --layout 写出的，换一个文件夹"
        "{folder} was written with another --layout; take another folder";
    in_two_parts(source, one, other)
        "{source} 在 {one} 和 {other} 中都有，它们不是同一次转换的分片"
        "{source} is in {one} and in {other}: they are no shards of one conversion";
    other_program(folder, program)
        "{folder} 是其他版本的 yusuan 写出的（{program}），请重新转换"
        "{folder} was written by another version of yusuan ({program}); please convert again";
    not_removable(path)
        "无法删除 {path}"
        "{path} can't be removed";
    not_readable(path)
        "无法读取 {path}"
        "{path} can't be read";
    not_writable(path)
        "无法写入 {path}"
        "{path} can't be written";
    not_finished(folder)
        "{folder} 不是 yusuan 写出的文件夹，或其中的转换还没有完成（请先运行 yusuan convert）"
        "{folder} is no folder that yusuan wrote, or no conversion into it has ended yet (run yusuan convert first)";
    of_other_version(folder)
        "{folder} 是其他版本的 yusuan 写出的，请重新运行 yusuan convert"
        "{folder} was written by another version of yusuan; run yusuan convert again";
    damaged(path, detail)
        "{path} 已损坏（{detail}），请重新运行 yusuan convert 或 yusuan verify --repair"
        "{path} is damaged ({detail}); run yusuan convert again, or yusuan verify --repair";
    no_access(path, why)
        "无法读写 {path}：{why}"
        "{path} can't be read or written: {why}";
    beside_system(words, system)
        "{words}（{system}）"
        "{words} ({system})";
    file_absent()
        "文件不存在"
        "the file does not exist";
    no_permission()
        "没有权限"
        "no permission";
    disk_full()
        "磁盘已满"
        "the disk is full";
    over_quota()
        "超出磁盘配额"
        "over the disk quota";
    read_only()
        "文件系统是只读的"
        "the file system is read-only";
    cut_off()
        "没有写完"
        "not written to its end";
    no_result_file()
        "不是结果文件"
        "no file of a result";
    another_result()
        "是另一个结果"
        "it is another result";
    wrong_checksum()
        "校验和不符"
        "its checksum is wrong";
    wrong_count()
        "行数不符"
        "its number of lines is wrong";
    wrong_name()
        "名称不合规"
        "its name is not allowed";
    no_result_of(source)
        "没有 {source} 的结果"
        "there is no result of {source}";

    // Results of files that are gone.
    not_pruned(why)
        "没有删去任何结果（--prune）：{why}；确实要删，请用 --prune=force"
        "no result was removed (--prune): {why}; to remove them all the same, use --prune=force";
    out_of_reach(path)
        "{path} 无法读取"
        "{path} can't be read";
    other_device(path)
        "{path} 与上次不在同一个设备上"
        "{path} is on another device than last time";
    now_empty(path)
        "{path} 是空的，以前有文件"
        "{path} is empty, and held files before";
    outside(path)
        "{path} 不在这次查找的文件夹里"
        "{path} is in none of the folders that were searched";
    too_many_gone(gone, known)
        "{known} 个文件中有 {gone} 个不见了，超过三分之一"
        "of {known} files {gone} are gone, more than a third";

    // Corrections.
    correction_homeless(id, count)
        "更正未采用：没有 doc_id 为 {id} 的文件（{count} 条）"
        "corrections not used: no file has the doc_id {id} ({count})";
    correction_refused(source, why)
        "更正未采用：{source}：{why}"
        "correction not used: {source}: {why}";
    corrections_counted(given, applied, refused)
        "更正 {given} 条：采用 {applied}，未采用 {refused}"
        "corrections {given}: used {applied}, not used {refused}";
    corrections_elsewhere(count)
        "，{count} 条没有所属的文件"
        ", without a file {count}";
    more_refused(count)
        "更正未采用：另有 {count} 处"
        "corrections not used: {count} more";

    // Closing words.
    read_now(read, unchanged, counts)
        "本次读取 {read}，未变 {unchanged}；{counts}"
        "read {read}, unchanged {unchanged}; {counts}";
    counts(files, statuses, tables, amounts, passed, failed)
        "文件 {files}（{statuses}）；表 {tables}，金额 {amounts}；勾稽关系相符 {passed}，不符 {failed}"
        "files {files} ({statuses}); tables {tables}, amounts {amounts}; identities that hold {passed}, that fail {failed}";
    failed_files(what)
        "失败：{what}"
        "failed: {what}";
    partial_files(what)
        "不完整：{what}"
        "partial: {what}";
    no_disclosures(files)
        "不是预决算公开文件，总览和面板不收入：{files}"
        "no disclosures, left out of overview and panel: {files}";
    to_check(what)
        "请核对：{what}"
        "please check: {what}";
    no_tables()
        "没有找到表格"
        "no table was found";
    no_documents(count, endings)
        "{count} 个文件不是文档（{endings}），没有读取"
        "files that are no documents: {count} ({endings}), not read";
    not_recognised(count, files)
        "{count} 个文件没有认全：{files}"
        "not fully recognised: {count}: {files}";
    no_department()
        "缺部门"
        "no department";
    no_year_known()
        "缺年度"
        "no year";
    no_kind()
        "缺类型"
        "no kind";
    superseded(count, files)
        "{count} 个文件与另一份是同一部门、年度、类型的不同版本，panel.csv 和比较表不用：{files}；见 documents.csv 的 superseded_by"
        "{count} are other versions of documents of the same body, year and kind, not used in panel.csv and the comparison: {files}; see superseded_by in documents.csv";
    replaced_by(old, new)
        "{old}（用 {new}）"
        "{old} (used: {new})";
    and_others()
        " 等"
        " and others";
    and_others_in_all(count)
        " 等 {count} 个"
        " and others, {count} in all";
    more_reasons(files, reasons)
        "另有 {files} 个文件，{reasons} 种原因，见 documents.csv"
        "{files} more files for {reasons} other reasons, see documents.csv";
    kept_from_before(count)
        "{count} 个文件这次没有找到，保留以前的结果（--prune 删去）"
        "not found this time: {count}; their earlier results are kept (--prune removes them)";
    dropped(count)
        "{count} 个文件已不存在，删去了以前的结果"
        "no longer there: {count}; their earlier results were removed";
    results_in(folder)
        "结果在 {folder}，每个文件的情况见其中的 documents.csv"
        "results are in {folder}; its documents.csv tells of every file";
    yield_of(tables, amounts)
        " {tables} 张表 {amounts} 个金额"
        " tables {tables}, amounts {amounts}";
    exported(workbooks, tables, folder)
        "写出工作簿 {workbooks}，表 {tables}；结果在 {folder}"
        "wrote workbooks {workbooks}, tables {tables}; results are in {folder}";
    kept_aside(file, now)
        "{file} 与上次写出的不同，没有覆盖，原样留作 {now}"
        "{file} is not what was written last; it was not replaced but kept as {now}";
    more_kept_aside(count)
        "另有 {count} 个这样的文件，名字里都有 .edited-"
        "{count} more such files; all have .edited- in their names";
    more_in_logs(count)
        "另有 {count} 处，见 .yusuan/logs"
        "{count} more, see .yusuan/logs";
    healed(count)
        "{count} 个保存的结果已损坏，重新读取了原文件"
        "stored results that were damaged: {count}; their files were read again";
    slow_file(file, seconds)
        "{file}（{seconds} 秒）"
        "{file} ({seconds} s)";
    slow_page(file, page, pages, seconds)
        "{file}（第 {page}/{pages} 页，{seconds} 秒）"
        "{file} (page {page} of {pages}, {seconds} s)";
    rate(per_second)
        "{per_second}/秒"
        "{per_second}/s";
    time_left()
        "剩余"
        "ETA";

    // What a run would do.
    would_be_new()
        "新增"
        "new";
    would_be_changed()
        "有变化"
        "changed";
    would_be_unchanged()
        "未变"
        "unchanged";
    would_be_unreadable()
        "无法读取"
        "unreadable";
    would_be_passed_over()
        "不是文档"
        "no document";
    is_gone()
        "已不存在"
        "gone";
    fate_because(why)
        " →（{why}）"
        " → ({why})";
    forecast(files, counts, anew)
        "共 {files} 个文件（{counts}）{anew}；这是试运行，没有写出任何文件"
        "files {files} ({counts}){anew}; this is a dry run, nothing was written";
    read_anew()
        "；以前的结果是其他版本的程序写出的，全部重读"
        "; earlier results are of another version of the program, all is read anew";

    // The state of an output folder.
    running(process, minutes, phase, done, total)
        "正在运行（进程 {process}，已 {minutes} 分钟）：{phase} {done}/{total}"
        "at work (process {process}, for {minutes} min): {phase} {done}/{total}";
    broken_off(phase, done, total)
        "上次运行中断，停在：{phase} {done}/{total}；已完成的部分已保存，再次运行会从中断处继续"
        "the last run was broken off at: {phase} {done}/{total}; what was done is saved, and the next run goes on from there";
    never_converted()
        "还没有完成过转换"
        "no conversion has ended yet";
    last_converted(counts)
        "上次完成的转换：{counts}"
        "last conversion that ended: {counts}";
    program_version(version)
        "程序版本 {version}"
        "program version {version}";
    healed_then(count)
        "那次有 {count} 个保存的结果已损坏，重新读取了原文件"
        "stored results that were damaged then: {count}; their files were read again";
    results_verified(count, bad)
        "保存的结果 {count}，损坏 {bad}"
        "stored results {count}, damaged {bad}";
    documents_verified(count, bad)
        "文件的输出 {count}，被改动 {bad}"
        "outputs of files {count}, changed {bad}";
    files_verified(count, bad)
        "汇总文件 {count}，被改动 {bad}"
        "combined files {count}, changed {bad}";
    result_damaged()
        "结果损坏"
        "damaged result";
    output_changed()
        "输出被改动"
        "changed output";
    combined_changed()
        "汇总被改动"
        "changed combined file";
    more_of_these(what, count)
        "{what}：另有 {count} 个"
        "{what}: {count} more";

    // Tables as found.
    no_such_page(pages)
        "没有第 {pages} 页"
        "there is no page {pages}";
    no_page_to_draw(page)
        "没有第 {page} 页（电子表格、文档没有页）"
        "there is no page {page} (spreadsheets and documents have no pages)";
    sheets_have_no_pages()
        "电子表格、文档没有页码，--pages 不起作用"
        "spreadsheets and documents have no pages; --pages does nothing";
    other_content_there(file)
        "{file} 已经存在，内容不同；没有写出任何文件，请换一个文件夹"
        "{file} is there already with other content; nothing was written, take another folder";
    tables_written(count, folder)
        "写出 {count} 张表，在 {folder}"
        "wrote {count} tables in {folder}";
    table_in_sheet(number, sheet)
        "表 {number}  工作表 {sheet}"
        "Table {number}  sheet {sheet}";
    table_on_pages(number, first, last)
        "表 {number}  第 {first}–{last} 页"
        "Table {number}  pages {first}–{last}";
    table_on_page(number, page)
        "表 {number}  第 {page} 页"
        "Table {number}  page {page}";
    table_somewhere(number)
        "表 {number}  "
        "Table {number}  ";

    // The contents of a file.
    file_line(file, format)
        "文件  {file}（{format}）"
        "File        {file} ({format})";
    format_and_pages(format, pages)
        "{format}，{pages} 页"
        "{format}, pages {pages}";
    department_line(name)
        "部门  {name}"
        "Department  {name}";
    region_line(name)
        "地区  {name}"
        "Region      {name}";
    year_line(year)
        "年度  {year}"
        "Year        {year}";
    kind_line(kind)
        "类型  {kind}"
        "Kind        {kind}";
    doubt_line(doubt)
        "存疑  {doubt}"
        "Doubt       {doubt}";
    kind_and_scope(kind, scope)
        "{kind}（{scope}）"
        "{kind} ({scope})";
    unknown()
        "未识别"
        "unknown";
    table_heading()
        "表"
        "table";
    type_heading()
        "类型"
        "type";
    title_heading()
        "表名"
        "title";
    unit_heading()
        "单位"
        "unit";
    page_heading()
        "页"
        "page";
    size_heading()
        "行×列"
        "rows×cols";
    state_heading()
        "数据"
        "state";
    amounts_heading()
        "金额"
        "amounts";
    figures_heading()
        "印出的数"
        "numbers";
    unread_heading()
        "未读"
        "unread";
    doubts_heading()
        "存疑"
        "doubts";
    table_doubt(table, doubt)
        "存疑 {table}：{doubt}"
        "doubt {table}: {doubt}";
    table_missing(title)
        "目录有、正文未见：{title}"
        "in the contents, not in the text: {title}";
    identity_fails(rule, claim)
        "勾稽不符 {rule}：{claim}"
        "fails {rule}: {claim}";
    number_unread(table, number, place)
        "未读 {table}：{number}（{place}）"
        "unread {table}: {number} ({place})";
    on_page(page)
        "第 {page} 页"
        "page {page}";
    in_cell(row, col)
        "第 {row} 行第 {col} 列"
        "row {row} column {col}";

    // Identities that don't hold.
    finding(source, page, verdict, rule, claim)
        "{source}：{page}{verdict}[{rule}] {claim}"
        "{source}: {page}{verdict}[{rule}] {claim}";
    finding_page(page)
        "第{page}页："
        "page {page}: ";
    finding_cell(title, table, row, col, named)
        "  --> 《{title}》{table} 第{row}行第{col}列{named}"
        "  --> 《{title}》{table} row {row} column {col}{named}";
    both_names(row, column)
        "{row}，{column}"
        "{row}, {column}";
    sides(left, right, difference, tolerance)
        "  左 {left} 元，右 {right} 元，差 {difference} 元（容差 {tolerance} 元）"
        "  left {left} yuan, right {right} yuan, difference {difference} yuan (tolerance {tolerance} yuan)";
    finding_cause(cause, reason)
        "  原因：{cause}（{reason}）"
        "  cause: {cause} ({reason})";
    suspects(cells)
        "  可疑：{cells}"
        "  suspects: {cells}";
    checks_counted(files, passed, rounding, failed)
        "{files} 个文件：相符 {passed}，四舍五入差 {rounding}，不符 {failed}"
        "files {files}: identities that hold {passed}, off by rounding {rounding}, that fail {failed}";

    // Codes.
    rules_heading()
        "规则："
        "Rules:";
    diagnostics_heading()
        "读取情况："
        "Diagnostics of reading:";
    flags_heading()
        "金额的标记："
        "Flags of amounts:";
    doubts_of_tables_heading()
        "表的疑点："
        "Doubts about tables:";
    statuses_heading()
        "文件的状态："
        "Statuses of files:";
    verdicts_heading()
        "勾稽关系的结果："
        "Results of identities:";
    causes_heading()
        "不符的原因："
        "Causes of failures:";
    states_heading()
        "表的数据："
        "States of tables:";
    tolerance_text()
        "容差：参与的每个数按印出的末位各算半个单位；在此之内是四舍五入，超出才算不符"
        "Tolerance: half a unit of the last printed digit for each number that takes part; within it is rounding, beyond it the identity fails";
    rests_on(source)
        "依据：{source}"
        "rests on: {source}";
    a_diagnostic(code)
        "{code}（读取情况）"
        "{code} (diagnostic of reading)";
    a_flag(code)
        "{code}（金额的标记）"
        "{code} (flag of an amount)";
    a_doubt(code)
        "{code}（表的疑点）"
        "{code} (doubt about a table)";
    a_status(code)
        "{code}（文件的状态）"
        "{code} (status of a file)";
    a_verdict(code)
        "{code}（勾稽关系的结果）"
        "{code} (result of an identity)";
    a_cause(code)
        "{code}（不符的原因）"
        "{code} (cause of a failure)";
    a_state(code)
        "{code}（表的数据）"
        "{code} (state of a table)";
    loses_content()
        "文件里有内容可能没有读到：文件记为不完整"
        "something that the file holds may be missing: the file is partial";
    loses_nothing()
        "只是说明：文件仍记为完整"
        "a remark alone: the file is complete all the same";

    // The file of passwords.
    passwords_unusable(file, why)
        "密码文件 {file} 不能采用（{why}）"
        "the file of passwords {file} can't be used ({why})";
    passwords_at(line)
        "第 {line} 行不合格式，格式见 docs/serve.md"
        "line {line} does not follow the form in docs/serve.md";
    passwords_version(version)
        "version 应为 {version}"
        "version must be {version}";
    passwords_whose(number)
        "第 {number} 个密码没有写 doc_id 或 source"
        "password {number} has neither doc_id nor source";

    // Projects in a browser.
    serving(folder)
        "项目在 {folder}；用浏览器打开下面的地址，按 Ctrl+C 结束"
        "projects are in {folder}; open this address in a browser, end with Ctrl+C";
    serving_others()
        "注意：同一网络里的别人也能连上，只有密码拦着，而且连接不加密（http）；请只在可信的网络里这样用"
        "note: others on the network can connect, only the password stops them, and the connection is not encrypted (http); do this on networks that you trust";
    host_needs_a_password()
        "--host 让别的电脑也能连上，所以要有 --password-file：一个文本文件，第一行是密码（至少 12 个字符）；连接不加密，请只在可信的网络里这样用"
        "--host lets other computers connect, so it needs --password-file: a text file whose first line is the password (12 characters or more); the connection is not encrypted, so do this on networks that you trust";
    password_too_short(least)
        "第一行的密码不足 {least} 个字符"
        "the password in the first line has fewer than {least} characters";
    port_taken(port)
        "不能使用端口 {port}，可能已被占用；用 --port 换一个"
        "port {port} can't be used, it may be taken; choose another with --port";
    no_folder_of_projects()
        "不能作为放项目的文件夹"
        "it can't be a folder of projects";
    page_not_found()
        "没有这个页面或文件"
        "there is no such page or file";
    wrong_host()
        "请用终端里给出的地址打开"
        "open the address that the terminal shows";
    foreign_page()
        "不接受别的网站发来的请求"
        "requests from other sites are refused";
    open_the_first_address()
        "请打开启动时终端里给出的完整地址（带 token）"
        "open the whole address that the terminal showed at the start, with its token";
    not_understood()
        "看不懂这个请求"
        "the request can't be understood";
    too_much_at_once(mib)
        "一次发来的内容超过 {mib} MiB"
        "more than {mib} MiB at once";
    upload_too_large(mib)
        "文件超过 {mib} MiB，没有收下"
        "the file has more than {mib} MiB and was not taken";
    too_many_uploads(most)
        "同时上传的文件超过 {most} 个，请稍后再试"
        "more than {most} files at a time; try again later";
    upload_broken_off()
        "上传中断，没有收下"
        "the upload was broken off and not taken";
    not_stored()
        "文件不能写到磁盘上"
        "the file can't be written to the disk";
    project_is_full(files, gib)
        "项目已满：最多 {files} 个文件、{gib} GiB"
        "the project is full: {files} files or {gib} GiB at most";
    project_takes_no_files()
        "这是转换好的输出文件夹，不能加入文件"
        "this is a finished output folder and takes no files";
    wrong_password_of_file()
        "密码不对，打不开这个文件"
        "the password is wrong and does not open the file";
    encryption_not_known()
        "这种文件的加密方式不能打开：请在原来的软件里去掉密码，另存后再加入"
        "the encryption of this kind of file can't be opened: take the password off in the program that made it, save it, and add it again";
    project_without_name()
        "项目要有名称"
        "a project needs a name";
    too_many_projects(most)
        "项目已有 {most} 个"
        "there are {most} projects already";
    only_paths_of_this_machine()
        "只能是这台电脑上的路径"
        "only paths of this computer can be added";
    no_paths_from_elsewhere()
        "从别的电脑连来时不能加入路径，请上传文件"
        "paths can't be added from another computer; upload the files";
    no_run(why)
        "运行没有完成（{why}）"
        "the run did not end well ({why})";
    still_at_work()
        "还在识别，请稍后再下载"
        "still at work; download later";
    nothing_to_download()
        "还没有结果可以下载"
        "there are no results to download yet";
}
