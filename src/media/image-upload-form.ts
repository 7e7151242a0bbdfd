import { Field, ObjectType } from '@nestjs/graphql';
import type { UploadForm } from './storage/object-storage.js';

@ObjectType({ description: 'A field of a form.' })
export class ImageUploadField {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'Its value, word for word.' })
  value: string;
}

@ObjectType({
  description:
    'A form that stores exactly the promised file, by POST as multipart/form-data: what `wx.uploadFile` sends.',
})
export class ImageUploadForm {
  @Field(() => String, { description: 'Where it is posted to: `url` of `wx.uploadFile`.' })
  url: string;

  @Field(() => [ImageUploadField], { description: 'All of it goes into `formData`, before the file.' })
  fields: ImageUploadField[];

  @Field(() => String, { description: 'What the file is called in the form: `name` of `wx.uploadFile`.' })
  fileField: string;

  @Field(() => Date, { description: 'The storage takes nothing after this instant.' })
  endsAt: Date;

  static of({ url, fields }: UploadForm, endsAt: Date): ImageUploadForm {
    return Object.assign(new ImageUploadForm(), { url, fields: [...fields], fileField: 'file', endsAt });
  }
}
