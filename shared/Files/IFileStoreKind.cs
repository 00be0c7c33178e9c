namespace Integration.Files;

/// <summary>A kind of store, as <c>Files__Stores__NAME__Kind</c> names it. Further kinds are registered as services.</summary>
public interface IFileStoreKind
{
    /// <summary>E.g. <c>Folder</c>.</summary>
    string Name { get; }

    /// <summary>What is wrong with a store's settings, each as a sentence that names the setting and the way out.</summary>
    /// <param name="settings">The prefix of the store's settings, e.g. <c>Files__Stores__documents</c>.</param>
    /// <param name="options">The store's settings.</param>
    IEnumerable<string> Problems(string settings, FileStoreOptions options);

    /// <summary>The store; nothing is opened yet.</summary>
    /// <param name="name">As configured.</param>
    /// <param name="options">The store's settings, without problems.</param>
    IFileStore Open(string name, FileStoreOptions options);
}
