using Integration.Contracts;
using Integration.Files;
using Integration.Soap.Mapping;

namespace Integration.Soap.Answers;

/// <summary>Large content of an answer goes to the file store that the task names.</summary>
internal sealed class AnswerFiles(IFileStores files, string store, AnswerBody body) : IContentSink
{
    public async Task<FileReference> SaveAsync(string name, Stream content, long begun, CancellationToken cancellation)
    {
        body.GoesToFile = true;
        body.Forgive(begun);
        try
        {
            return await files.SaveAsync(store, content, name, null, cancellation);
        }
        finally
        {
            body.GoesToFile = false;
        }
    }
}
