namespace Integration.Storage.Tests;

/// <summary>Wrong settings are refused at start, by name and with the way out.</summary>
public sealed class DatabaseFactoryTests
{
    [Theory]
    [InlineData(StorageProvider.PostgreSql, null, "Storage__ConnectionString is missing")]
    [InlineData(StorageProvider.PostgreSql, "  ", "Storage__ConnectionString is missing")]
    [InlineData(StorageProvider.PostgreSql, "Host=db", "names no Host or no Database")]
    [InlineData(StorageProvider.PostgreSql, "Data Source=data/rest.db", "Storage__Provider to Sqlite")]
    [InlineData(StorageProvider.PostgreSql, "Host=db;Database=a;Port=many", "cannot be read")]
    [InlineData(StorageProvider.Sqlite, "Host=db;Database=a", "Storage__Provider to PostgreSql")]
    [InlineData(StorageProvider.Sqlite, "Data Source=:memory:", "does not name an SQLite file")]
    [InlineData(StorageProvider.Sqlite, "Data Source=a;Mode=Memory;Cache=Shared", "does not name an SQLite file")]
    [InlineData(StorageProvider.Sqlite, "Cache=Shared", "does not name an SQLite file")]
    [InlineData((StorageProvider)7, null, "Storage__Provider is 7; use Sqlite or PostgreSql")]
    public void A_wrong_setting_is_named(StorageProvider provider, string? connectionString, string expected)
    {
        var options = new StorageOptions { Provider = provider, ConnectionString = connectionString };

        var error = Should.Throw<StorageException>(() => DatabaseFactory.Create(options, "rest"));

        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void A_password_does_not_reach_the_message()
    {
        var options = new StorageOptions
        {
            Provider = StorageProvider.PostgreSql,
            ConnectionString = "Host=db;Database=a;Password=hal;f=secret",
        };

        var error = Should.Throw<StorageException>(() => DatabaseFactory.Create(options, "rest"));

        error.ToString().ShouldNotContain("hal");
        error.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("Host=db.example;Database=a", "VerifyFull")]
    [InlineData("Host=10.0.0.7;Database=a", "VerifyFull")]
    [InlineData("Host=localhost,db.example;Database=a", "VerifyFull")]
    [InlineData("Host=db.example;Database=a;SSL Mode=Disable", "Disable")]
    [InlineData("Host=localhost;Database=a", "Prefer")]
    [InlineData("Host=127.0.0.1:5433;Database=a", "Prefer")]
    [InlineData("Host=::1;Database=a", "Prefer")]
    [InlineData("Host=/var/run/postgresql;Database=a", "Prefer")]
    public void TLS_is_verified_unless_the_server_is_local_or_the_setting_says_otherwise(string text, string expected)
    {
        var options = new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = text };

        PostgreSql.PostgreSqlSettings.Read(options, "rest").SslMode.ToString().ShouldBe(expected);
    }

    [Fact]
    public void What_is_configured_is_not_overwritten_by_defaults()
    {
        const string text = "Host=localhost;Database=a;Max Auto Prepare=0;Application Name=mine";
        var options = new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = text };

        var settings = PostgreSql.PostgreSqlSettings.Read(options, "rest");

        settings.MaxAutoPrepare.ShouldBe(0);
        settings.ApplicationName.ShouldBe("mine");
    }

    [Fact]
    public void The_default_file_is_named_after_the_service() =>
        Sqlite
            .SqliteSettings.Read(new StorageOptions(), "rest")
            .Path.ShouldBe(Path.Combine(Environment.CurrentDirectory, "data", "rest.db"));
}
