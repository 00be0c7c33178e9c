using Integration.Fixtures;
using Integration.Storage;

namespace Integration.ErrorTreatment.Tests;

/// <summary>On a file.</summary>
public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly TemporaryFolder _folder = new("treatment");

    /// <inheritdoc />
    protected override Task PrepareAsync() => Task.CompletedTask;

    /// <inheritdoc />
    protected override Task RemoveAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override IDatabase Open() =>
        DatabaseFactory.Create(
            new StorageOptions { ConnectionString = $"Data Source={_folder.Combine("treatment.db")}" },
            "error-treatment"
        );
}
