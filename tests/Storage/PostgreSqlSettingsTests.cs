using Integration.Storage.PostgreSql;
using Npgsql;

namespace Integration.Storage.Tests;

/// <summary>What is added to a connection string that says nothing of it.</summary>
public sealed class PostgreSqlSettingsTests
{
    // Asking for it makes Npgsql look for Kerberos, and complain twice at every start where the image has none.
    [Theory]
    [InlineData("Host=localhost;Database=d", GssEncryptionMode.Disable)]
    [InlineData("Host=db.example.org;Database=d", GssEncryptionMode.Disable)]
    [InlineData("Host=db.example.org;Database=d;GSS Encryption Mode=Prefer", GssEncryptionMode.Prefer)]
    [InlineData("Host=db.example.org;Database=d;GssEncryptionMode=Require", GssEncryptionMode.Require)]
    public void GSS_encryption_is_asked_for_only_when_it_is_configured(string connection, GssEncryptionMode mode) =>
        PostgreSqlSettings
            .Read(new StorageOptions { ConnectionString = connection }, "tests")
            .GssEncryptionMode.ShouldBe(mode);
}
