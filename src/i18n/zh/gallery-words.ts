// Chinese: the gallery and one's own cases.
export const galleryWords = {
  gallery: {
    own: '从自己的内容开始',
    ownAbout: '一个空白面板，会告诉你该执行哪些命令。',
    worked: '案例',
    yours: '你自己的案例，保存在本浏览器里',
    search: '搜索案例',
    searchHint: '标题、现象、版本或地址……',
    found: '{count, plural, other {# 个案例}}',
    none: '没有案例提到“{asked}”。',
    more: '展开',
    save: '保存当前内容',
    download: '下载',
    delete: '删除',
    import: '打开文件……',
    failed: '本浏览器不为这个页面保存内容（是无痕窗口吗？）。请改为下载文件。',
  },
};
