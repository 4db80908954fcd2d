//! Sentences of the program that are stored with a document, and so are Chinese in files; the terminal tells them in its
//! language.

kept! {
    same_content(original)
        "与 {original} 内容相同"
        "the same content as {original}";
    no_longer_there()
        "文件已不存在，也没有保存的结果"
        "the file is no longer there, and no result is stored";
    changed_meanwhile()
        "文件在转换期间被修改，请重新运行"
        "the file was changed during the conversion; please run again";
    original_gone()
        "原文件已不在，无法重新读取"
        "the original file is gone and can't be read again";
    lack_of_resources()
        "系统资源不足，请重新运行"
        "the system lacks resources; please run again";
    stored_result_damaged(why)
        "保存的结果已损坏，{why}"
        "the stored result is damaged: {why}";
    no_result()
        "没有结果"
        "no result";

    not_a_plain_file()
        "不是普通文件"
        "not a regular file";
    not_found()
        "找不到这个文件或文件夹"
        "no such file or folder";
    no_permission_to_read()
        "没有读取权限"
        "no permission to read it";
    unreadable(error)
        "无法读取（{error}）"
        "can't be read ({error})";
    no_match()
        "没有符合的文件"
        "no file matches";

    // What is not on this machine.
    without_cloud()
        "这个程序不含对象存储和网络地址的支持；请用发布的程序，或用 cargo build --release --features cloud 编译"
        "this program was built without object storage and web addresses; use a released one, or build with cargo build --release --features cloud";
    scheme_refused(address)
        "不能使用 {address}：可用 s3://、gs://、az://，读取时还可用 http:// 和 https://"
        "{address} can't be used: there are s3://, gs://, az:// and, for reading, http:// and https://";
    no_bucket(address, names)
        "{address}：没有这个存储桶，请检查名称、区域和 {names}"
        "{address}: there is no such bucket; look at its name, the region and {names}";
    no_credentials(address, names)
        "{address}：没有访问凭据，请设置 {names}"
        "{address}: there are no credentials; set {names}";
    wrong_credentials(address, names)
        "{address}：访问凭据不对或已过期，请检查 {names}"
        "{address}: the credentials are wrong or out of date; look at {names}";
    no_permission_there(address, names)
        "{address}：这些凭据（{names}）没有权限，需要列出、读取、写入和删除"
        "{address}: these credentials ({names}) have no permission; listing, reading, writing and removing are needed";
    nothing_there(address)
        "{address}：那里没有这个文件"
        "{address}: there is no such file";
    name_not_usable(address)
        "{address}：名称里有不能使用的字符"
        "{address}: the name holds characters that can't be used";
    unreachable(address, answer)
        "{address}：无法访问（{answer}）"
        "{address}: can't be reached ({answer})";
    server_refuses(address, status)
        "{address}：服务器拒绝，状态 {status}"
        "{address}: the server refuses, status {status}";
    too_many_redirects(address)
        "{address}：转向次数过多"
        "{address}: it is sent on too often";
    no_thread_for_requests()
        "系统资源不足，无法访问网络"
        "the system lacks the resources for requests";

    too_many_in_archive(most)
        "压缩包里的文件超过 {most} 个，其余没有读取"
        "the archive holds more than {most} files; the rest was not read";
    nested_too_deep(most)
        "压缩包嵌套超过 {most} 层"
        "archives are nested more than {most} levels deep";
    member_damaged(error)
        "压缩包里的这个文件已损坏（{error}）"
        "this file in the archive is damaged ({error})";
    archive_encrypted()
        "压缩包已加密，这里打不开；请先解压，再给出里面的文件"
        "the archive is encrypted and can't be opened here; unpack it, and give the files in it";
    member_too_large(mib)
        "超出限制：压缩包里的这个文件解压后超过 {mib} MiB"
        "over the limit: unpacked, this file in the archive is larger than {mib} MiB";
    archive_damaged(error)
        "压缩包已损坏（{error}）"
        "the archive is damaged ({error})";

    over_memory(mib)
        "内存超限：读取它要用的内存超过 {mib} MiB（--worker-memory）"
        "out of memory: reading it takes more than {mib} MiB (--worker-memory)";
    over_time(seconds)
        "超时：{seconds} 秒内没有读完（--worker-timeout）"
        "timed out: not read within {seconds} s (--worker-timeout)";
    over_processor_time(seconds)
        "超时：用了 {seconds} 秒处理器时间还没有读完（--worker-cpu）"
        "timed out: not read after {seconds} s of processor time (--worker-cpu)";
    crashed(how)
        "崩溃：读取它的进程意外终止（{how}），请报告这个文件"
        "crashed: the process that read it ended unexpectedly ({how}); please report this file";
    killed()
        "崩溃：读取它的进程一再被外部终止（可能是系统内存不足），请重新运行"
        "crashed: the process that read it was killed from outside again and again (the system may be short of memory); please run again";
    starved(how)
        "系统内存不足，读取它的进程没有得到所需的内存，请重新运行（{how}）"
        "the system is short of memory and the process that read it did not get what it needs; please run again ({how})";
    halted(seconds)
        "读取它的进程被外部暂停，{seconds} 秒后结束了它，请重新运行"
        "the process that read it was stopped from outside and was ended after {seconds} s; please run again";
    run_interrupted()
        "运行被中断"
        "the run was interrupted";
    worker_not_started_again(why)
        "无法启动工作进程（{why}），请重新运行"
        "no worker process could be started ({why}); please run again";
    worker_not_started_because(error)
        "无法启动工作进程（{error}）"
        "no worker process could be started ({error})";
    stack_overflow()
        "嵌套过深，栈溢出"
        "nested too deep, the stack overflowed";
    ended_by_signal(signal)
        "信号 {signal}"
        "signal {signal}";
    unknown_cause()
        "原因不明"
        "cause unknown";
    declared_too_large()
        "内存超限：文件声明的大小超出可用内存"
        "out of memory: the sizes that the file declares are more than there is";
    own_error(what)
        "程序内部错误（{what}），请报告这个文件"
        "internal error of the program ({what}); please report this file";

    not_read_twice(why)
        "第二次读取没有完成（{why}），只有一种读法"
        "the second reading did not end ({why}); there is only one";
    too_many_in_doubt(pages)
        "存疑的页太多，其余 {pages} 页没有再读一遍，只有一种读法"
        "too many pages are in doubt; {pages} of them were not read a second time";
    no_text_read()
        "没有读出文字"
        "no text was read";
    timed_out()
        "超时"
        "timed out";

    loss_counted(loss, count)
        "{loss}（共 {count} 处）"
        "{loss} ({count} in all)";
    loss_at_some(loss, places, count)
        "{loss}（{places} 等 {count} 处）"
        "{loss} ({places} and others, {count} in all)";
    loss_at(loss, places)
        "{loss}（{places}）"
        "{loss} ({places})";
    both_losses(loss, other)
        "{loss}；{other}"
        "{loss}; {other}";
    both_places(place, other)
        "{place}、{other}"
        "{place}, {other}";

    models_wanted(what)
        "{what}，请运行 make ocr 取得识别模型（或用 --models 指明所在文件夹）后再转换"
        "{what}; run make ocr to fetch the models that read it (or name their folder with --models) and convert again";
    models_unusable(what, error)
        "{what}，识别模型不能用（{error}）"
        "{what}; the models that read it can't be used ({error})";
    characters_not_utf8()
        "字表不是 UTF-8"
        "the list of characters is not in UTF-8";
    nothing_to_convert()
        "网页或文本，里面没有读出金额和绩效指标"
        "a web page or a text in which no amounts and no indicators were read";

    not_corrected(table, row, col, why)
        "{table} 第 {row} 行第 {col} 列，{why}"
        "{table} row {row} column {col}: {why}";

    tables_of_contents_missing(count)
        "目录中有、但没有找到的表：{count} 张"
        "tables that the contents list and that were not found: {count}";

    searching()
        "查找"
        "find";
    converting()
        "转换"
        "read";
    writing()
        "写出"
        "write";
}
