import "reflect-metadata";
import {
  Body,
  Controller,
  Get,
  Injectable,
  Module,
  NotFoundException,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  UnauthorizedException,
  UseGuards,
  ValidationPipe,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { InjectRepository, TypeOrmModule } from "@nestjs/typeorm";
import { Type } from "class-transformer";
import { IsIn, IsInt, IsString, Length, Max, MaxLength, Min, ValidateIf } from "class-validator";
import { jwtVerify } from "jose";
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, Repository } from "typeorm";

/** NestJS on Express with TypeORM, as its documentation shows them together. */
const { PORT, DATABASE_URL = "", JWT_SECRET } = process.env;
const secret = new TextEncoder().encode(JWT_SECRET);

@Entity("items")
class Item {
  @PrimaryGeneratedColumn("uuid") id: string;
  @Column("text") name: string;
  @Column("integer") price: number;
  @Column({ type: "text", nullable: true }) colour?: string | null;
  @Column({ type: "text", nullable: true }) note: string | null;
  @CreateDateColumn({ type: "timestamptz" }) created_at: Date;
}

class NewItem {
  @IsString() @Length(1, 100) name: string;
  @IsInt() @Min(0) price: number;
  @ValidateIf((_, value) => value !== undefined) @IsIn(["red", "green", "blue"]) colour?: string;
  @ValidateIf((_, value) => value !== undefined && value !== null) @IsString() @MaxLength(500) note?: string | null;
}

class Page {
  @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 20;
  @Type(() => Number) @IsInt() @Min(0) offset: number = 0;
}

@Injectable()
class TokenGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest();
    const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
    if (token === undefined) throw new UnauthorizedException();
    const { payload } = await jwtVerify(token, secret, { algorithms: ["HS256"] }).catch(() => {
      throw new UnauthorizedException();
    });
    return payload.sub !== undefined;
  }
}

@Controller("items")
@UseGuards(TokenGuard)
class ItemsController {
  constructor(@InjectRepository(Item) private readonly items: Repository<Item>) {}

  @Get()
  async list(@Query() { limit, offset }: Page): Promise<Item[]> {
    const rows = await this.items.find({ order: { created_at: "ASC", id: "ASC" }, take: limit, skip: offset });
    return rows.map(shown);
  }

  @Post()
  async create(@Body() body: NewItem): Promise<Item> {
    return shown(await this.items.save(this.items.create(body)));
  }

  @Get(":id")
  async read(@Param("id", ParseUUIDPipe) id: string): Promise<Item> {
    const item = await this.items.findOneBy({ id });
    if (item === null) throw new NotFoundException();
    return shown(item);
  }
}

/** What is optional and has no value is left out. */
function shown({ colour, ...item }: Item): Item {
  return colour === null || colour === undefined ? item : { ...item, colour };
}

@Controller("ready")
class ReadyController {
  @Get()
  ready(): object {
    return {};
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: "postgres", url: DATABASE_URL, entities: [Item], extra: { max: 10 } }),
    TypeOrmModule.forFeature([Item]),
  ],
  controllers: [ItemsController, ReadyController],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ["error"] });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
app.enableShutdownHooks();
await app.listen(Number(PORT), "127.0.0.1");
